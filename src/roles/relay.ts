import type { JournalName } from '../database/index.ts';
import { startJanitor, startRelay } from '../relay/index.ts';
import { startSweeps } from '../startup/index.ts';
import { groupsByStream } from './groups-by-stream.ts';
import type { Start } from './start.ts';

export const startRelays = ({ config, logger, stores, modules, started, hints }: Start): void => {
  const { relayUrl: databaseUrl, lineage, examineRedis: precondition } = stores;
  const redis = stores.redis.relay;
  for (const journal of ['write', 'saga'] satisfies JournalName[]) {
    const relay = started.use(startRelay({ journal, databaseUrl, redis, logger, lineage, precondition }));
    hints.listen(journal, () => relay.wake());
  }
  const { streamRetention: retention, idempotencyTtlHours } = config;
  const groups = groupsByStream();
  started.use(startJanitor({ db: stores.relay.db, redis, logger, groups, retention, idempotencyTtlHours }));
  started.use(startSweeps({ ...modules, stores, logger, afterMs: config.sweepAfterMs }));
};
