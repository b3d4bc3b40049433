import { furthest, type Positions, positionIn } from '../events/index.ts';
import type { Followed } from '../projection/index.ts';
import type { Owed } from './endpoint.ts';
import type { Queued } from './queue.ts';

/** An event on its way to one endpoint. */
export interface Delivery extends Queued {
  readonly followed: Followed;
  attempts: number;
  /** It fails since then, by the wall clock; null: it has not failed. */
  sinceMs: number | null;
  /** Not before then, by the clock of the process. */
  dueAtMs: number;
}

/** In order for whom an event belongs to, and for the saga that it is part of. */
const keysOf = ({ envelope }: Followed): readonly string[] =>
  envelope.aggregateId === envelope.correlationId
    ? [envelope.aggregateId]
    : [envelope.aggregateId, envelope.correlationId];

export const deliveryOf = (followed: Followed, owed?: Owed): Delivery => ({
  position: followed.position,
  keys: keysOf(followed),
  followed,
  attempts: owed?.attempts ?? 0,
  sinceMs: owed?.since == null ? null : Date.parse(owed.since),
  dueAtMs: 0,
});

interface Progress {
  /** What was noted last. */
  readonly head: Positions;
  /** The last position of each partition that was delivered. */
  readonly doneTo: Positions;
  /** Up to where the event store was read. */
  readonly seenTo: Positions;
}

const latestOf = (deliveries: readonly Delivery[]): Positions =>
  deliveries.reduce<Positions>(
    (latest, { followed: { partition, position } }) => furthest(latest, new Map([[partition, position]])),
    new Map(),
  );

/** Of the partitions of which nothing is unfinished. */
const clearOf = (unfinished: readonly Delivery[], seenTo: Positions): Positions => {
  const held = new Set(unfinished.map(({ followed }) => followed.partition));
  return new Map([...seenTo].filter(([partition]) => !held.has(partition)));
};

/**
 * How far an endpoint is: a head of each partition, and what is owed below it. Only what failed or was overtaken is owed; what
 * was not reached stands above the head, and is read again.
 */
export const progressOf = (
  unfinished: readonly Delivery[],
  { head, doneTo, seenTo }: Progress,
): { readonly head: Positions; readonly owed: readonly Owed[] } => {
  const failed = latestOf(unfinished.filter(({ attempts }) => attempts > 0));
  const reached = [doneTo, failed, clearOf(unfinished, seenTo)].reduce(furthest, head);
  const owed = unfinished
    .filter(({ followed: { partition, position } }) => position <= positionIn(reached, partition))
    .map(({ followed: { partition, position }, attempts, sinceMs }) => ({
      partition,
      position,
      attempts,
      since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
    }));
  return { head: reached, owed };
};
