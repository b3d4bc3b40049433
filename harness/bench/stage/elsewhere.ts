import { newId, PRODUCERS, type Recorded } from '../../../src/events/index.ts';
import { openLogger } from '../../../src/platform/index.ts';
import { openSaga, remoteOf, type Saga } from '../../../src/saga/index.ts';
import { type ForeignInventory, startForeignInventory } from '../../inventory/index.ts';
import { history } from '../../support/recorded.ts';
import { type OwnStore, openOwnStore } from './own-store.ts';

/** As many as a shop has that sells a few things often: orders meet at them. */
export const ELSEWHERE_PRODUCTS: readonly string[] = Array.from({ length: 20 }, (_, nth) => `prod_${nth}`);

/** Never short. */
export const ELSEWHERE_UNITS = 1_000_000;
export const CALLS_AT_ONCE = 16;
const RESERVATION_MS = 900_000;

/** A catalogue that has every product. */
const describe = async (id: string) => ({ id, name: 'Camera', price: '10.50', currency: 'EUR' });

/** A saga at work on a store of its own, with an inventory in another process. */
export interface StoreElsewhere extends AsyncDisposable {
  readonly store: OwnStore;
  readonly saga: Saga;
  readonly inventory: ForeignInventory;
}

export const openElsewhere = async (): Promise<StoreElsewhere> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const inventory = opening.use(await startForeignInventory());
  await inventory.stock(Object.fromEntries(ELSEWHERE_PRODUCTS.map((productId) => [productId, ELSEWHERE_UNITS])));
  const writer = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };
  const keeping = { reservationMs: RESERVATION_MS, describe, keeper: 'Remote' } as const;
  const saga = openSaga({ database: store.database, writer, ...keeping });
  const logger = openLogger('silent');
  const { url, token } = inventory;
  const asking = { timeoutMs: 2_000, concurrency: CALLS_AT_ONCE, backoffMs: 200, newOrders: 'remote' } as const;
  opening.use(saga.startCalls({ logger, remote: remoteOf({ url, token, ...asking }, logger) }));
  const opened = opening.move();
  return { store, saga, inventory, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

/** What the saga receives of a new order of two of the products, one unit each; written now. */
export const orderElsewhere = (nth: number): Recorded => {
  const lines = [nth, nth * 7 + 1].map((each) => ({
    productId: ELSEWHERE_PRODUCTS[each % ELSEWHERE_PRODUCTS.length] ?? '',
    quantity: 1,
    unitPrice: '10.50',
  }));
  const orderId = newId('Order');
  const who = { cartId: newId('Cart'), customerId: null, sessionId: null, methodKind: null };
  const data = { orderId, ...who, currency: 'EUR', lines, totalAmount: '21.00' } as const;
  const [{ envelope, event }] = history(orderId, [{ type: 'OrderCreated', data }]) as [Recorded];
  return { envelope: { ...envelope, occurredAt: new Date().toISOString() }, event };
};
