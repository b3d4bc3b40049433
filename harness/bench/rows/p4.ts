import { newId, PRODUCERS, type Recorded } from '../../../src/events/index.ts';
import { openSaga, SAGA_GROUP, SAGA_STREAMS } from '../../../src/saga/index.ts';
import { history } from '../../support/recorded.ts';
import { openBareReservation } from '../limits/bare-reservation.ts';
import { type Contestant, perSecond, type Row } from '../measure/index.ts';
import { type OwnStore, openOwnStore, prefill, workOff } from '../stage/index.ts';

/** A catalogue that has every product. */
const describe = async (id: string) => ({ id, name: 'Camera', price: '10.50', currency: 'EUR' });

const GOAL = 20_000;
/** Orders that wait on the stream when a round begins, for each second that it is to last. */
const ORDERS_A_SECOND = 12_000;
/** Of ten orders nine find stock. */
const SUPPLIED = 0.9;
/** The product of {@link orderOfOne}. */
export const HOT = 'prod_hot';
const RESERVATION_MS = 3_600_000;

const PANIER = 'panier';
const BARE = 'bare transaction for 500 orders';

/** What the saga receives of a new order. */
export const orderOfOne = (): readonly Recorded[] => {
  const orderId = newId('Order');
  const lines = [{ productId: HOT, quantity: 1, unitPrice: '10.50' }];
  const who = { cartId: newId('Cart'), customerId: null, sessionId: null, methodKind: null };
  const data = { orderId, ...who, currency: 'EUR', lines, totalAmount: '10.50' } as const;
  return history(orderId, [{ type: 'OrderCreated', data }]);
};

interface Counts {
  readonly supplied: number;
  readonly ordered: number;
}

const FOUND = `
  select stock.available, stock.reserved,
    (select count(*) from saga.reservation where state = 'Held') as held,
    (select count(*) from saga.journal where type = 'StockReserved') as accepted,
    (select count(*) from saga.journal where type = 'StockReservationFailed') as refused,
    (select count(*) from saga.outbox) as queued, (select count(*) from saga.journal) as journaled
  from saga.stock where product_id = '${HOT}'`;

const verify = async ({ database }: OwnStore, { supplied, ordered }: Counts): Promise<void> => {
  const { rows } = await database.pool.query<Record<string, unknown>>(FOUND);
  const found = Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
  const { available = -1, reserved = -1, held, accepted = -1, refused = -1, queued, journaled } = found;
  const isRight =
    available >= 0 &&
    available + reserved === supplied &&
    held === reserved &&
    accepted === reserved &&
    accepted + refused === ordered &&
    queued === journaled;
  if (!isRight) throw new Error(`${ordered} ordered of ${supplied}, but the ledger holds ${JSON.stringify(found)}.`);
};

const openPanier = async (): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const writer = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };
  const saga = openSaga({ database: store.database, writer, reservationMs: RESERVATION_MS, describe });
  const counts = { supplied: 0, ordered: 0 };
  const opened = opening.move();
  return {
    name: PANIER,
    round: async (seconds) => {
      const orders = Array.from({ length: Math.ceil(seconds * ORDERS_A_SECOND) }, orderOfOne).flat();
      const delta = Math.ceil(orders.length * SUPPLIED);
      const context = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;
      await saga.adjustStock({ productId: HOT, delta, reason: null }, context);
      await prefill(store.servers.redis, orders);
      const used = store.meter();
      const handle = (batch: readonly Recorded[]): Promise<void> => saga.handle(batch);
      const took = await workOff(store, { group: SAGA_GROUP, streams: SAGA_STREAMS, handle, backlog: orders.length });
      counts.supplied += delta;
      counts.ordered += orders.length;
      return { operations: orders.length, seconds: took, cpuMicros: used() };
    },
    verify: () => verify(store, counts),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

export const p4 = (): Row => ({
  id: 'P4',
  title: 'One hot product, from the stream to committed stock and StockReserved',
  goal: `≥ ${GOAL.toLocaleString('en')} reservations/s, never oversold`,
  contestants: [openPanier, () => openBareReservation(BARE)],
  judge: (results) => {
    const [panier = 0, bare = 0] = [PANIER, BARE].map((name) => perSecond(results.get(name) ?? []).median);
    return {
      measured: `${panier.toFixed(0)} reservations/s`,
      limit: `${bare.toFixed(0)} /s`,
      ratio: panier / bare,
      met: panier >= GOAL,
    };
  },
});
