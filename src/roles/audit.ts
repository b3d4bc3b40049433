import { AUDIT_GROUP, AUDIT_STREAMS, type Renewed, renewReadModels } from '../audit/index.ts';
import { openDatabase } from '../database/index.ts';
import { repeat, systemClock } from '../platform/index.ts';
import { readProjections } from '../read/index.ts';
import { consume } from './consume.ts';
import { logSagaEnds } from './log-facts.ts';
import type { Start } from './start.ts';

/** A rebuild's own session, one that reads ahead, and those that fold. */
const CONNECTIONS = 5;
const ASK_AGAIN_MS = 5_000;

/** As a replay opens them: to compare whole tables takes longer than anything else that a pool of this process is asked. */
const renew = async ({ stores, logger }: Start, signal?: AbortSignal): Promise<Renewed> => {
  const { lineage, addressesAs } = stores;
  const session = { url: addressesAs('owner').audit, name: 'owner', maxConnections: CONNECTIONS, lineage };
  await using database = openDatabase({ ...session, readsWholeTables: true });
  return await renewReadModels({ db: database.db, projections: readProjections, logger, ...(signal && { signal }) });
};

const begin = (start: Start): void => {
  const { handle } = start.modules.audit;
  start.started.use(logSagaEnds(start.logger));
  consume(start, { by: 'audit', group: AUDIT_GROUP, streams: AUDIT_STREAMS, handle, rests: true });
};

const tellOf = (whose: Renewed, { logger }: Start): void => {
  if (whose === 'LaterVersions') logger.warn('the read models are left to a later version of panier');
  if (whose === 'Earlier') logger.info('the read models are built anew once another rebuild has ended');
};

/** Asks again until the read models are ours: those of a later version become so when somebody replays with this one. */
const untilOurs = (start: Start, first: Renewed): AsyncDisposable => {
  let whose = first;
  const round = async (signal: AbortSignal): Promise<void> => {
    if (whose === 'Ours') return;
    const now = await renew(start, signal);
    if (now !== whose) tellOf(now, start);
    if (whose === 'LaterVersions' && now !== whose) begin(start);
    whose = now;
    start.seen.leavesReadModels = whose === 'LaterVersions';
  };
  const onFailure = (error: unknown): void => start.logger.debug({ error }, 'to build the read models anew is put off');
  return repeat(round, { everyMs: ASK_AGAIN_MS, clock: systemClock, onFailure });
};

export const startAudit = async (start: Start): Promise<void> => {
  const whose = await renew(start);
  tellOf(whose, start);
  // What it wrote into a later version's rows would be what it knows of them.
  start.seen.leavesReadModels = whose === 'LaterVersions';
  const consuming = start.started.use(new AsyncDisposableStack());
  const own = { ...start, started: consuming };
  if (whose !== 'LaterVersions') begin(own);
  if (whose !== 'Ours') start.started.use(untilOurs(own, whose));
};
