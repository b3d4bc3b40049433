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

const larger = (one: bigint, other: bigint): bigint => (other > one ? other : one);

interface Progress {
  /** What was noted last. */
  readonly head: bigint;
  /** The last position that was delivered. */
  readonly doneTo: bigint;
  /** Up to where the event store was read. */
  readonly seenTo: bigint;
}

/**
 * How far an endpoint is: a head, and what is owed below it. Only what failed or was overtaken is owed; what was not reached
 * stands above the head, and is read again.
 */
export const progressOf = (
  unfinished: readonly Delivery[],
  { head, doneTo, seenTo }: Progress,
): { readonly head: bigint; readonly owed: readonly Owed[] } => {
  if (unfinished.length === 0) return { head: larger(head, seenTo), owed: [] };
  const failed = unfinished.findLast(({ attempts }) => attempts > 0)?.position ?? 0n;
  const reached = larger(larger(head, doneTo), failed);
  const owed = unfinished
    .filter(({ position }) => position <= reached)
    .map(({ position, attempts, sinceMs }) => ({
      position,
      attempts,
      since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
    }));
  return { head: reached, owed };
};
