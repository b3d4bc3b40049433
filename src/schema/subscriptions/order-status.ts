import { isId, type Recorded } from '../../events/index.ts';
import { owners } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { notFound } from '../failures.ts';
import { findOrder } from '../find-order.ts';
import { decodeOrderCursor } from '../order-cursor.ts';
import { OrderStatusUpdate } from '../types/order-status-update.ts';
import type { Pull } from './live-streams.ts';
import { type OrderUpdate, snapshotOf, updatesAfter } from './order-updates.ts';
import { beginPush } from './push-span.ts';
import { resumedFrom } from './resumption.ts';

type Events = readonly Recorded[];

const pending = (events: Events, seen: number | null): Iterable<OrderUpdate> => {
  if (seen !== null) return updatesAfter(events, seen);
  const snapshot = snapshotOf(events);
  return snapshot === null ? [] : [snapshot];
};

const isOver = (events: Events, seen: number | null): boolean =>
  seen !== null && seen >= events.length && snapshotOf(events)?.isComplete === true;

interface Followed {
  readonly first: Events;
  readonly after: number | null;
  readonly reload: () => Promise<Events>;
  /** W3C trace context of the subscription. */
  readonly traceparent: string | null;
}

/** The updates of an order, from its events, until nothing more can come. */
async function* orderUpdates({ first, after, reload, traceparent }: Followed, pull: Pull): AsyncGenerator<OrderUpdate> {
  let events = first;
  let seen = after;
  for (;;) {
    for (const update of pending(events, seen)) {
      const span = beginPush({ of: events[update.revision - 1], subscription: traceparent });
      try {
        // Goes on when the next one is asked for: this one has been sent.
        yield update;
      } finally {
        span?.end();
      }
      seen = update.revision;
    }
    if (isOver(events, seen)) return;
    await pull.change();
    if (pull.signal.aborted) return;
    events = await pull.read(reload);
  }
}

/**
 * The events of an order that is the viewer's. A visitor's is so until a customer claims the visit, which may be while it
 * is followed: that is read with the events, by the same query. @throws NOT_FOUND once it was claimed
 */
const eventsFor = async ({ batches: { histories }, viewer }: GatewayContext, orderId: string): Promise<Events> => {
  if (viewer.kind !== 'Visitor') return histories.load(orderId);
  const [events, visit] = await Promise.all([histories.load(orderId), histories.load(viewer.visitorId)]);
  if (visit.some(({ event }) => event.type === 'VisitClaimed')) throw notFound(`order ${orderId}`);
  return events;
};

export const orderStatus = (t: SubscriptionFields) =>
  t.field({
    type: OrderStatusUpdate,
    access: owners('orders:read'),
    description:
      'The life of one order. Without `after`: first the order as it is now, then one update for each later step. With `after`: one update for every later step, those missed while away included, in order, none left out, none twice. Completes by itself after the last step: once the outcome is settled in stock and in money. Whoever comes back with `after` gets what came later all the same. An unknown order is an error with extensions.code NOT_FOUND.',
    args: {
      orderId: t.arg.id({ required: true, description: 'order_…; known from the moment of its checkout.' }),
      after: t.arg.string({ description: 'The cursor of an update already seen.' }),
    },
    subscribe: async (_root, { orderId, after }, context) => {
      if (!isId('Order', orderId)) throw notFound(`order ${orderId.slice(0, 100)}`);
      const cursor = resumedFrom(context.resumption, after);
      const seen = cursor === null ? null : decodeOrderCursor(cursor, orderId);
      const reload = () => eventsFor(context, orderId);
      return context.live.open([{ kind: 'orders', id: orderId }], async (pull) => {
        if ((await findOrder(context, orderId)) === null) throw notFound(`order ${orderId}`);
        return orderUpdates({ first: await reload(), after: seen, reload, traceparent: context.traceparent }, pull);
      });
    },
    resolve: (update, _args, { resumption }) => {
      resumption.cursor = update.cursor;
      return update;
    },
  });
