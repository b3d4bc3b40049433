import { type Recorded, readOrder as readFacts } from '../../events/index.ts';
import { foldOrder } from '../../read/index.ts';
import { encodeOrderCursor } from '../order-cursor.ts';
import { readOrder } from '../order-source.ts';
import type { OrderStatusUpdateSource } from '../types/order-status-update.ts';

export interface OrderUpdate extends OrderStatusUpdateSource {
  readonly revision: number;
  /** Nothing more can come. */
  readonly isComplete: boolean;
}

type Events = readonly Recorded[];

const foldUpTo = (events: Events, revision: number): OrderUpdate | null => {
  const view = foldOrder(events.slice(0, revision));
  const envelope = events[revision - 1]?.envelope;
  if (view === null || envelope === undefined) return null;
  const { status, isComplete } = readFacts(view.facts);
  return {
    cursor: encodeOrderCursor({ orderId: view.id, revision }),
    order: readOrder(view),
    step: { orderId: view.id, revision, status, envelope },
    revision,
    isComplete,
  };
};

const folded = new WeakMap<Events, Map<number, OrderUpdate | null>>();

/** All who watch an order are given the same events: they are folded once, not by each. */
const updateAt = (events: Events, revision: number): OrderUpdate | null => {
  const known = folded.get(events) ?? new Map<number, OrderUpdate | null>();
  folded.set(events, known);
  const update = known.get(revision);
  if (update !== undefined) return update;
  const fresh = foldUpTo(events, revision);
  known.set(revision, fresh);
  return fresh;
};

/** The order as all of its events so far make it, without a step; null while its creation is not among them. */
export const snapshotOf = (events: Events): OrderUpdate | null => {
  const update = updateAt(events, events.length);
  return update && { ...update, step: null };
};

/**
 * One update for each step after `seen`, in order, each with the order as it was after that step.
 * Steps from before the order's creation was known show nothing; they are part of the updates that follow.
 */
export const updatesAfter = (events: Events, seen: number): readonly OrderUpdate[] =>
  events
    .slice(seen)
    .map((_event, index) => updateAt(events, seen + index + 1))
    .filter((update) => update !== null);
