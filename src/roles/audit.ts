import { AUDIT_GROUP, AUDIT_STREAMS, type Renewed, renewReadModels, whoseReadModels } from '../audit/index.ts';
import { openDatabase } from '../database/index.ts';
import { repeat, systemClock } from '../platform/index.ts';
import { readProjections } from '../read/index.ts';
import { consume } from './consume.ts';
import { logSagaEnds } from './log-facts.ts';
import type { Start } from './start.ts';

/** A rebuild's own session, one that reads ahead, and those that fold. */
const CONNECTIONS = 5;
const LOOK_EVERY_MS = 5_000;

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

/** Says why it comes to nothing, and that no more often than it changes. */
const openTellFailure = ({ logger }: Start): ((error: unknown) => void) => {
  let told = '';
  return (error) => {
    const level = String(error) === told ? 'debug' : 'warn';
    told = String(error);
    logger[level]({ error }, 'the read models cannot be built anew, nor looked at');
  };
};

/**
 * Looks again and again whose the read models are. Until they are this version's it tries to make them so; once they were, it
 * only looks: built back and forth by two versions, they would be right for either by turns.
 */
const follow = (start: Start, first: Renewed): AsyncDisposable => {
  const { db } = start.stores.at('audit', 'audit');
  let whose = first;
  let hasBegun = first !== 'LaterVersions';
  let wereOurs = first === 'Ours';
  const round = async (signal: AbortSignal): Promise<void> => {
    const now = wereOurs ? await whoseReadModels(db, readProjections) : await renew(start, signal);
    if (now !== whose) tellOf(now, start);
    if (!hasBegun && now !== 'LaterVersions') begin(start);
    hasBegun ||= now !== 'LaterVersions';
    wereOurs ||= now === 'Ours';
    whose = now;
    start.seen.leavesReadModels = now === 'LaterVersions';
  };
  return repeat(round, { everyMs: LOOK_EVERY_MS, clock: systemClock, onFailure: openTellFailure(start) });
};

export const startAudit = async (start: Start): Promise<void> => {
  const whose = await renew(start);
  tellOf(whose, start);
  // What it wrote into a later version's rows would be what it knows of them.
  start.seen.leavesReadModels = whose === 'LaterVersions';
  const own = { ...start, started: start.started.use(new AsyncDisposableStack()) };
  if (whose !== 'LaterVersions') begin(own);
  start.started.use(follow(own, whose));
};
