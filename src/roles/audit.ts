import { AUDIT_GROUP, AUDIT_STREAMS, renewReadModels } from '../audit/index.ts';
import { openDatabase } from '../database/index.ts';
import { readProjections } from '../read/index.ts';
import { consume } from './consume.ts';
import { logSagaEnds } from './log-facts.ts';
import type { Start } from './start.ts';

/** A rebuild's own session, one that reads ahead, and those that fold. */
const CONNECTIONS = 5;

/** As a replay opens them: to compare whole tables takes longer than anything else that a pool of this process is asked. */
const renew = async ({ stores, logger }: Start) => {
  const { lineage, addressesAs } = stores;
  const session = { url: addressesAs('owner').audit, name: 'owner', maxConnections: CONNECTIONS, lineage };
  await using database = openDatabase({ ...session, readsWholeTables: true });
  return await renewReadModels({ db: database.db, projections: readProjections, logger });
};

export const startAudit = async (start: Start): Promise<void> => {
  const whose = await renew(start);
  // What it wrote into a later version's rows would be what it knows of them.
  if (whose === 'LaterVersions') return;
  const { handle } = start.modules.audit;
  start.started.use(logSagaEnds(start.logger));
  consume(start, { by: 'audit', group: AUDIT_GROUP, streams: AUDIT_STREAMS, handle, rests: true });
};
