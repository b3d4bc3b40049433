import { type Db, type Statement, statement } from '../database/index.ts';
import { type ConsistencyPoint, PRODUCERS } from '../events/index.ts';
import { storedOfFirst } from '../projection/index.ts';
import type { AreStored } from './are-stored.ts';
import type { LiveChanges } from './live/live-changes.ts';
import { MODEL_NAMES } from './live/topics.ts';
import type { Topic } from './live/watches.ts';

interface Answer {
  readonly reached: boolean;
}

// An event is stored and folded in one transaction: that the owner's first events are all stored is enough.
const VERSION_REACHED = statement<Answer>(`
  select exists (select from read.cart where id = $1 and version >= $2::integer)
    or ${storedOfFirst('$2::integer', { aggregateId: '$1', producer: `'${PRODUCERS.api}'` })} >= $2::integer as reached`);

const REVISION_REACHED = statement<Answer>(`
  select exists (select from read."order" where id = $1 and revision >= $2::integer)
    or exists (select from read.cart where id = $1 and version >= $2::integer) as reached`);

const STATEMENTS: Readonly<Record<ConsistencyPoint['measure'], Statement<Answer>>> = {
  Version: VERSION_REACHED,
  Revision: REVISION_REACHED,
};

const isReached = async (db: Db, { aggregateId, measure, reached }: ConsistencyPoint): Promise<boolean> => {
  const rows = await STATEMENTS[measure](db, [aggregateId, reached]);
  return rows[0]?.reached ?? false;
};

const topicsOf = (id: string): readonly Topic[] => MODEL_NAMES.map((kind) => ({ kind, id }));

interface Parts {
  readonly db: Db;
  readonly changes: Pick<LiveChanges, 'watch'>;
}

interface Awaited {
  readonly isThere: () => Promise<boolean>;
  /** Of what a change may bring it. */
  readonly aggregateIds: readonly string[];
  readonly timeoutMs: number;
}

const awaitThere = async (
  changes: Parts['changes'],
  { isThere, aggregateIds, timeoutMs }: Awaited,
): Promise<boolean> => {
  // Before it is asked: what comes between the answer and the watch would be missed, or have to be asked for again.
  using watch = changes.watch(aggregateIds.flatMap(topicsOf));
  if (await isThere()) return true;
  const deadline = AbortSignal.timeout(timeoutMs);
  do {
    if (deadline.aborted) return false;
    await watch.next(deadline);
  } while (!(await isThere()));
  return true;
};

/** Waits until the read side knows what the point names; false when that took longer than the time given. */
export const awaitConsistency = (
  { db, changes }: Parts,
  point: ConsistencyPoint,
  timeoutMs: number,
): Promise<boolean> =>
  awaitThere(changes, { isThere: () => isReached(db, point), aggregateIds: [point.aggregateId], timeoutMs });

/** An event, by its id, and what it happened to. */
export interface EventName {
  readonly eventId: string;
  readonly aggregateId: string;
}

/** Waits until the read side has taken in all of these events; false when that took longer than the time given. */
export const awaitEvents = (
  { areStored, changes }: Pick<Parts, 'changes'> & { readonly areStored: AreStored },
  events: readonly EventName[],
  timeoutMs: number,
): Promise<boolean> => {
  const eventIds = events.map(({ eventId }) => eventId);
  const aggregateIds = events.map(({ aggregateId }) => aggregateId);
  return awaitThere(changes, { isThere: () => areStored(eventIds), aggregateIds, timeoutMs });
};
