import { type Recorded, readOrder as readFacts } from '../../events/index.ts';
import { foldOrderSteps } from '../../read/index.ts';
import { encodeOrderCursor } from '../order-cursor.ts';
import { readOrder } from '../order-source.ts';
import type { OrderStatusUpdateSource } from '../types/order-status-update.ts';

export interface OrderUpdate extends OrderStatusUpdateSource {
  readonly revision: number;
  /** Nothing more can come. */
  readonly isComplete: boolean;
}

type Events = readonly Recorded[];

type Views = ReturnType<typeof foldOrderSteps>;

const views = new WeakMap<Events, Views>();

/** All who watch an order are given the same events: they are folded once, not by each, nor from the start for each step. */
const viewsOf = (events: Events): Views => {
  const known = views.get(events) ?? foldOrderSteps(events);
  views.set(events, known);
  return known;
};

const updateAt = (events: Events, revision: number): OrderUpdate | null => {
  const view = viewsOf(events)[revision - 1] ?? null;
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

/** The order as all of its events so far make it, without a step; null while its creation is not among them. */
export const snapshotOf = (events: Events): OrderUpdate | null => {
  const update = updateAt(events, events.length);
  return update && { ...update, step: null };
};

/**
 * One update for each step after `seen`, in order, each with the order as it was after that step; made as it is taken, for there
 * may be thousands. Steps from before the order's creation was known show nothing; they are part of the updates that follow.
 */
export function* updatesAfter(events: Events, seen: number): Generator<OrderUpdate> {
  for (let revision = seen + 1; revision <= events.length; revision += 1) {
    const update = updateAt(events, revision);
    if (update !== null) yield update;
  }
}
