import { AUDIT_GROUP, AUDIT_STREAMS, renewReadModels } from '../audit/index.ts';
import { readProjections } from '../read/index.ts';
import { consume } from './consume.ts';
import { logSagaEnds } from './log-facts.ts';
import type { Start } from './start.ts';

export const startAudit = async (start: Start): Promise<void> => {
  const { stores, logger } = start;
  const whose = await renewReadModels({ db: stores.owner.db, projections: readProjections, logger });
  // What it wrote into a later version's rows would be what it knows of them.
  if (whose === 'LaterVersions') return;
  const { handle } = start.modules.audit;
  start.started.use(logSagaEnds(logger));
  consume(start, { by: 'audit', group: AUDIT_GROUP, streams: AUDIT_STREAMS, handle, rests: true });
};
