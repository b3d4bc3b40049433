import { tellRouting } from '../bus/index.ts';
import type { JournalName } from '../database/index.ts';
import type { Partitioning } from '../events/index.ts';
import { type Relay, redisStanding, startJanitor, startRelay } from '../relay/index.ts';
import { startSweeps } from '../startup/index.ts';
import { groupsByStream } from './groups-by-stream.ts';
import type { Start } from './start.ts';

export const startRelays = ({ config, logger, stores, modules, started, hints }: Start): void => {
  const { lineage, layout } = stores;
  const redis = stores.redis.relay;
  const groups = () => groupsByStream(layout.current());
  const startOf = (journal: JournalName): Relay => {
    const databaseUrl = stores.addressesAs('relay')[journal];
    const tell = (partitioning: Partitioning) => tellRouting(redis, journal, partitioning);
    // What was published by another journal may be on another server, which may be away.
    const precondition = () => stores.examineRedis(journal);
    const routing = { layout, standing: redisStanding(redis, groups), tell };
    const relay = started.use(startRelay({ journal, databaseUrl, redis, logger, lineage, routing, precondition }));
    hints.listen(journal, () => relay.wake());
    return relay;
  };
  const relays = { write: startOf('write'), saga: startOf('saga') };
  const leads = (journal: JournalName): boolean => relays[journal].leads;
  const { streamRetention: retention, idempotencyTtlHours } = config;
  const journals = stores.journalsAs('relay');
  started.use(
    startJanitor({ journals, redis, logger, groups, retention, idempotencyTtlHours, isOurs: () => leads('write') }),
  );
  started.use(startSweeps({ ...modules, stores, leads, logger, afterMs: config.sweepAfterMs }));
};
