import { isId, type Recorded } from '../../events/index.ts';
import { owners } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import { notFound } from '../failures.ts';
import { findOrder } from '../find-order.ts';
import { decodeOrderCursor } from '../order-cursor.ts';
import { OrderStatusUpdate } from '../types/order-status-update.ts';
import type { Pull } from './live-streams.ts';
import { type OrderUpdate, snapshotOf, updatesAfter } from './order-updates.ts';

const pending = (events: readonly Recorded[], seen: number | null): readonly OrderUpdate[] => {
  if (seen !== null) return updatesAfter(events, seen);
  const snapshot = snapshotOf(events);
  return snapshot === null ? [] : [snapshot];
};

const isOver = (events: readonly Recorded[], seen: number | null): boolean =>
  seen !== null && seen >= events.length && snapshotOf(events)?.isComplete === true;

interface Followed {
  readonly first: readonly Recorded[];
  readonly after: number | null;
  readonly reload: () => Promise<readonly Recorded[]>;
}

/** The updates of an order, from its events, until nothing more can come. */
async function* orderUpdates({ first, after, reload }: Followed, pull: Pull): AsyncGenerator<OrderUpdate> {
  let events = first;
  let seen = after;
  for (;;) {
    for (const update of pending(events, seen)) {
      yield update;
      seen = update.revision;
    }
    if (isOver(events, seen)) return;
    await pull.change();
    if (pull.signal.aborted) return;
    events = await pull.read(reload);
  }
}

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
      const seen = after === null || after === undefined ? null : decodeOrderCursor(after, orderId);
      const reload = () => context.batches.histories.load(orderId);
      return context.live.open([{ kind: 'orders', id: orderId }], async (pull) => {
        if ((await findOrder(context, orderId)) === null) throw notFound(`order ${orderId}`);
        return orderUpdates({ first: await reload(), after: seen, reload }, pull);
      });
    },
    resolve: (update) => update,
  });
