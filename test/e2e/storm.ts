import { eventually } from '../../harness/support/eventually.ts';
import type { Client } from '../../src/cli/client.ts';
import { expectSnapshotAndSteps } from './expect-steps.ts';
import { ends, placeOrder, shelve } from './shop.ts';
import { SUBSCRIPTIONS, type Watched } from './watch-order.ts';

const METHODS = ['pm_card_visa', 'pm_card_chargeDeclined', 'pm_flaky'] as const;

export interface Storm {
  readonly orderIds: readonly string[];
  /** How many orders were watched to their end, over WebSocket and SSE in turn: all, without a gap or a double, or it rejects. */
  readonly watchedToTheEnd: Promise<number>;
}

const END_MS = 40_000;

const watchToEnd = async (watched: Watched, orderId: string, nth: number): Promise<void> => {
  const subscribe = nth % 2 === 0 ? SUBSCRIPTIONS.WebSocket : SUBSCRIPTIONS.SSE;
  const updates = await subscribe(watched, { orderId });
  expectSnapshotAndSteps(updates, await ends(watched.client, orderId, END_MS));
};

/** Places many orders of one scarce product that are paid, declined and paid at the third try, and watches each. */
export const storm = async (watched: Watched, size: number): Promise<Storm> => {
  const productId = await shelve(watched.client, Math.ceil(size / 3));
  const orderIds = await Promise.all(
    Array.from({ length: size }, (_, nth) =>
      placeOrder(watched.client, [{ productId, quantity: 1 }], {
        paymentMethod: METHODS[nth % METHODS.length] ?? null,
      }),
    ),
  );
  const watching = orderIds.map((orderId, nth) => watchToEnd(watched, orderId, nth));
  const watchedToTheEnd = Promise.all(watching).then(({ length }) => length);
  // Whoever awaits it later hears of a failure; until then it must not end the process.
  watchedToTheEnd.catch(() => undefined);
  return { orderIds, watchedToTheEnd };
};

/** Resolves when one of the orders has ended, so that an accident meets the others on their way. */
export const someEnded = (client: Client, orderIds: readonly string[]): Promise<unknown> =>
  eventually(() => Promise.any(orderIds.map((orderId) => ends(client, orderId, 0))));
