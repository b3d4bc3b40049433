import { Injections } from '../faults/index.ts';
import type { Evidence } from './evidence.ts';
import type { Data, Event } from './records.ts';

const API = 'ecommerce-api';
const SAGA = 'inventory-saga-consumer';
const PRICE = { amount: '10.00' };

let position = 0;

const event = (
  type: string,
  about: readonly [aggregateId: string, producer: string, version: number],
  data: Data,
): Event => {
  position += 1;
  const [aggregate_id, producer, version] = about;
  const event_id = `event_${position}`;
  const rest = { stream: 'a stream', correlation_id: aggregate_id, causation_id: null, producer, data };
  return { position, event_id, type, aggregate_id, version, ...rest };
};

const LINES = [{ product_id: 'prod_1', quantity: 2 }];

const writeEvents = (): readonly Event[] => [
  event('CartCreated', ['cart_1', API, 1], {}),
  event('CartItemAdded', ['cart_1', API, 2], { cart_item_id: '1', ...LINES[0], unit_price: '10.00' }),
  event('CartCheckedOut', ['cart_1', API, 3], { order_id: 'order_1', total_amount: '20.00' }),
  event('OrderCreated', ['order_1', API, 1], {
    order_id: 'order_1',
    cart_id: 'cart_1',
    lines: LINES.map((line) => ({ ...line, unit_price: '10.00' })),
    total_amount: '20.00',
  }),
  event('PaymentRequested', ['order_1', API, 2], { order_id: 'order_1', amount: '20.00' }),
  event('PaymentSucceeded', ['order_1', API, 3], { order_id: 'order_1', payment_id: 'pay_1', amount: '20.00' }),
  event('OrderConfirmed', ['order_1', API, 4], { order_id: 'order_1' }),
];

const sagaEvents = (): readonly Event[] => [
  event('StockAdjusted', ['prod_1', SAGA, 1], { product_id: 'prod_1', delta: 5 }),
  event('StockReserved', ['order_1', SAGA, 1], { order_id: 'order_1', lines: LINES }),
];

const charge = {
  idempotency_key: 'order_1:1',
  order_id: 'order_1',
  payment_id: 'pay_1',
  amount: '20.00',
  outcome: 'succeeded',
  behaviour: 'pays',
  refunded: false,
};

const modelsOf = (store: readonly Event[]): Evidence['models'] => {
  const own = store.filter(({ aggregate_id }) => aggregate_id === 'order_1');
  const steps = own.map(({ event_id: eventId }, index) => ({
    revision: index + 1,
    status: 'CONFIRMED',
    event: { eventId },
  }));
  const items = [{ id: '1', productId: 'prod_1', quantity: 2, unitPrice: PRICE }];
  const totalAmount = { amount: '20.00' };
  const cart = { id: 'cart_1', version: 3, status: 'CHECKED_OUT', totalItems: 2, totalAmount, items };
  const order = {
    id: 'order_1',
    cartId: 'cart_1',
    status: 'CONFIRMED',
    revision: own.length,
    totalAmount,
    lines: items,
    steps,
  };
  return {
    orders: new Map([['order_1', order]]),
    carts: new Map([['cart_1', { __typename: 'Cart', ...cart }]]),
    products: new Map([['prod_1', { product_id: 'prod_1', available: 3, reserved: 0, sold: 2 }]]),
  };
};

const commands = (): Evidence['commands'] => {
  const line = { productId: 'prod_1', quantity: 2, unitPrice: PRICE };
  const lines = [line];
  const empty = {
    __typename: 'Cart',
    id: 'cart_1',
    status: 'OPEN',
    totalItems: 0,
    totalAmount: { amount: '0.00' },
  } as const;
  const filled = { ...empty, version: 2, totalAmount: { amount: '20.00' }, items: [{ id: '1', ...line }] };
  const order = {
    __typename: 'Order',
    id: 'order_1',
    cartId: 'cart_1',
    totalAmount: { amount: '20.00' },
    lines,
  } as const;
  const told = (
    answer: typeof filled | typeof order | typeof product | (typeof empty & { version: number; items: [] }),
  ) => ({ customerId: null, sentAtMs: 0, outcomes: [{ type: 'Answered', answer }] }) as const;
  const shelved = { id: 'prod_1', name: 'prod_1', price: { ...PRICE, currency: 'EUR' } };
  const product = { __typename: 'Product', id: 'prod_1' } as const;
  return [
    { name: 'upsertProduct', key: 'p', input: shelved, ...told(product) },
    { name: 'createCart', key: 'a', input: {}, ...told({ ...empty, version: 1, items: [] }) },
    { name: 'addCartItem', key: 'b', input: { cartId: 'cart_1', productId: 'prod_1', quantity: 2 }, ...told(filled) },
    { name: 'checkout', key: 'c', input: { cartId: 'cart_1', paymentMethod: 'pm_card_visa' }, ...told(order) },
  ];
};

/** Evidence of one cart that became a confirmed order: nothing is wrong with it. */
export const soundEvidence = (): Evidence => {
  const journals = { write: writeEvents(), saga: sagaEvents() };
  return evidenceOf(journals, {
    charges: [charge],
    stock: [{ product_id: 'prod_1', available: 3, reserved: 0, sold: 2 }],
    foreign: null,
    division: null,
    deadLetters: [],
    commands: commands(),
    unresolved: [],
    watches: [],
    probed: [],
    injections: new Injections(),
    crashes: [],
    failedDeliveries: [],
    programmingErrors: [],
    unrest: [],
  });
};

/** The same with other events in both the journal and the event store. */
export const evidenceOf = (
  journals: Evidence['journals'],
  rest: Omit<Evidence, 'journals' | 'store' | 'byAggregate' | 'models' | 'audited'>,
): Evidence => {
  const store = [...journals.write, ...journals.saga];
  return {
    ...rest,
    journals,
    audited: { eventIds: store.map(({ event_id }) => event_id), errors: [] },
    store,
    byAggregate: Map.groupBy(store, ({ aggregate_id }) => aggregate_id),
    models: modelsOf(store),
  };
};
