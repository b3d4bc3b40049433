import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { accepted, type Client, RemoveCartItemDocument, SetCartItemQuantityDocument } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, orderOf, placeOrder, shelve } from './shop.ts';

type Entry = Readonly<Record<string, string>>;

/** The fields of events.md, in its order. */
const FIELDS = [
  'event_id',
  'event_type',
  'stream',
  'occurred_at',
  'aggregate_type',
  'aggregate_id',
  'version',
  'correlation_id',
  'causation_id',
  'producer',
  'producer_instance',
  'traceparent',
  'schema_version',
  'data',
];

const RFC_3339_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const API = { producer: 'ecommerce-api', producer_instance: 'ecommerce-api-1' };
const SAGA = { producer: 'inventory-saga-consumer', producer_instance: 'inventory-saga-consumer-1' };

let panier: TestPanier;
let client: Client;
let productId: string;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
  productId = await shelve(client, 10, '699.99');
});
afterAll(() => panier[Symbol.asyncDispose]());

const entryFrom = (fields: readonly string[]): Entry =>
  Object.fromEntries(
    Array.from({ length: fields.length / 2 }, (_, nth) => [fields[2 * nth] ?? '', fields[2 * nth + 1] ?? ''] as const),
  );

const entriesOf = async (stream: string): Promise<readonly Entry[]> =>
  (await panier.redis.xrange(stream, '-', '+')).map(([, fields]) => entryFrom(fields));

const entriesAbout = async (stream: string, id: string, count: number): Promise<readonly Entry[]> =>
  eventually(async () => {
    const entries = (await entriesOf(stream)).filter(({ aggregate_id }) => aggregate_id === id);
    expect(entries).toHaveLength(count);
    return entries;
  });

const dataOf = (entry: Entry | undefined): unknown => JSON.parse(entry?.['data'] ?? '');

const order = async (paymentMethod: string, quantity = 1): Promise<string> => {
  const orderId = await placeOrder(client, [{ productId, quantity }], { paymentMethod });
  await ends(client, orderId);
  return orderId;
};

/** Event types that are in their second version. */
const SECOND: readonly string[] = ['OrderCreated', 'PaymentRequested'];

describe('an entry of a stream', () => {
  it('has exactly the fields of the envelope, in their order, all of them strings', async () => {
    await order('pm_card_visa');
    await order('pm_card_chargeDeclined');
    for (const stream of [STREAMS.carts, STREAMS.orders, STREAMS.payments, STREAMS.inventory]) {
      const entries = await entriesOf(stream);
      expect(entries.length).toBeGreaterThan(0);
      for (const entry of entries) {
        expect(Object.keys(entry)).toEqual(FIELDS);
        const schema_version = SECOND.includes(entry['event_type'] ?? '') ? '2' : '1';
        expect(entry).toMatchObject({ stream, schema_version, traceparent: '' });
        expect(entry['occurred_at']).toMatch(RFC_3339_UTC);
        expect(entry['event_id']).toMatch(/^event_/);
      }
    }
  });

  it('says of a cart what happened to it', async () => {
    const cartId = await fillCart(client, [{ productId, quantity: 1 }], { customerId: null });
    const change = { cartId, cartItemId: '1' };
    accepted(
      (await client.request(SetCartItemQuantityDocument, { input: { ...change, quantity: 3 } })).setCartItemQuantity,
    );
    accepted((await client.request(RemoveCartItemDocument, { input: change })).removeCartItem);
    const entries = await entriesAbout(STREAMS.carts, cartId, 4);
    expect(entries).toMatchObject(
      ['CartCreated', 'CartItemAdded', 'CartItemQuantityChanged', 'CartItemRemoved'].map((event_type, index) => ({
        event_type,
        aggregate_type: 'Cart',
        aggregate_id: cartId,
        correlation_id: cartId,
        version: String(index + 1),
        ...API,
      })),
    );
    expect(entries.map(dataOf)).toEqual([
      { customer_id: null, session_id: null, currency: 'EUR' },
      { cart_item_id: '1', product_id: productId, quantity: 1, unit_price: '699.99' },
      { cart_item_id: '1', quantity: 3 },
      { cart_item_id: '1' },
    ]);
  });

  it('says of a paid order what happened to it, each service counting its own', async () => {
    const orderId = await order('pm_card_visa', 2);
    const orders = await entriesAbout(STREAMS.orders, orderId, 3);
    const payments = await entriesAbout(STREAMS.payments, orderId, 2);
    const byType = new Map([...orders, ...payments].map((entry) => [entry['event_type'], entry]));
    const shared = { aggregate_type: 'Order', correlation_id: orderId };
    expect(byType.get('OrderCreated')).toMatchObject({ ...shared, ...API, version: '1' });
    expect(byType.get('StockReserved')).toMatchObject({ ...shared, ...SAGA, version: '1' });
    expect(byType.get('PaymentRequested')).toMatchObject({ ...shared, ...API, version: '2' });
    expect(byType.get('PaymentSucceeded')).toMatchObject({ ...shared, ...API, version: '3' });
    expect(byType.get('OrderConfirmed')).toMatchObject({ ...shared, ...API, version: '4' });
    const money = { amount: '1399.98', currency: 'EUR' };
    const { cartId } = await orderOf(client, orderId);
    expect(dataOf(byType.get('OrderCreated'))).toEqual({
      order_id: orderId,
      cart_id: cartId,
      customer_id: null,
      session_id: null,
      currency: 'EUR',
      lines: [{ product_id: productId, quantity: 2, unit_price: '699.99' }],
      total_amount: '1399.98',
      method_kind: 'CARD',
    });
    expect(dataOf(byType.get('StockReserved'))).toEqual({
      order_id: orderId,
      ok: true,
      lines: [{ product_id: productId, quantity: 2 }],
      expires_at: expect.stringMatching(RFC_3339_UTC) as unknown,
    });
    expect(dataOf(byType.get('PaymentRequested'))).toEqual({
      order_id: orderId,
      ...money,
      method_kind: 'CARD',
      attempt: 1,
    });
    expect(dataOf(byType.get('PaymentSucceeded'))).toEqual({
      order_id: orderId,
      payment_id: expect.stringMatching(/^pay_/) as unknown,
      ...money,
    });
    expect(dataOf(byType.get('OrderConfirmed'))).toEqual({ order_id: orderId });
    const [checkedOut] = (await entriesAbout(STREAMS.carts, cartId, 3)).slice(-1);
    expect(checkedOut).toMatchObject({ event_type: 'CartCheckedOut', version: '3' });
    expect(dataOf(checkedOut)).toEqual({ order_id: orderId, total_amount: '1399.98' });
  });

  it('says which event or command caused it', async () => {
    const orderId = await order('pm_card_chargeDeclined');
    const orders = await entriesAbout(STREAMS.orders, orderId, 2);
    const payments = await entriesAbout(STREAMS.payments, orderId, 3);
    const byType = new Map([...orders, ...payments].map((entry) => [entry['event_type'], entry]));
    const causeOf = (type: string) => byType.get(type)?.['causation_id'];
    const idOf = (type: string) => byType.get(type)?.['event_id'];
    expect(causeOf('StockReserved')).toBe(idOf('OrderCreated'));
    expect(causeOf('PaymentRequested')).toBe(idOf('StockReserved'));
    expect(causeOf('StockCompensated')).toBe(idOf('PaymentFailed'));
  });

  it('says of a declined payment and of a shortage why', async () => {
    const [declined, short] = [await order('pm_card_chargeDeclined'), await order('pm_card_visa', 500)];
    const payments = await entriesAbout(STREAMS.payments, declined, 3);
    const byType = new Map(payments.map((entry) => [entry['event_type'], entry]));
    expect(dataOf(byType.get('PaymentFailed'))).toEqual({
      order_id: declined,
      reason: 'PAYMENT_DECLINED',
      message: 'Your card was declined.',
    });
    expect(byType.get('StockCompensated')).toMatchObject({ ...SAGA, version: '2' });
    expect(dataOf(byType.get('StockCompensated'))).toEqual({
      order_id: declined,
      lines: [{ product_id: productId, quantity: 1 }],
    });
    const orders = await entriesAbout(STREAMS.orders, short, 3);
    const failed = dataOf(orders.find(({ event_type }) => event_type === 'StockReservationFailed'));
    expect(failed).toMatchObject({
      order_id: short,
      ok: false,
      shortages: [{ product_id: productId, requested: 500 }],
    });
    const rejected = dataOf(orders.find(({ event_type }) => event_type === 'OrderRejected'));
    expect(rejected).toEqual({ order_id: short, reason: 'OUT_OF_STOCK' });
  });

  it('says of a product its price and its stock', async () => {
    const [upserted, adjusted] = await entriesAbout(STREAMS.inventory, productId, 2);
    expect(upserted).toMatchObject({ event_type: 'ProductUpserted', correlation_id: productId, version: '1', ...API });
    expect(dataOf(upserted)).toEqual({
      product_id: productId,
      name: `Product ${productId}`,
      price: '699.99',
      currency: 'EUR',
    });
    expect(adjusted).toMatchObject({ event_type: 'StockAdjusted', correlation_id: productId, version: '1', ...SAGA });
    expect(dataOf(adjusted)).toEqual({ product_id: productId, delta: 10, reason: null });
  });
});

const fitsOf = async () => {
  const { components } = (await (await fetch(`${panier.url}/asyncapi.json`)).json()) as {
    readonly components: object;
  };
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ components }, 'served');
  return (name: string, value: unknown) => {
    const validate = ajv.compile({ $ref: `served#/components/schemas/${name}` });
    return validate(value) ? null : validate.errors;
  };
};

describe('the catalogue of events that the gateway serves', () => {
  it('is true of everything on the streams', async () => {
    await order('pm_card_visa');
    await order('pm_card_chargeDeclined');
    const fits = await fitsOf();
    const entries = (await Promise.all(Object.values(STREAMS).map(entriesOf))).flat();
    const misfits = entries.flatMap(({ data = '', ...headers }) => {
      const name = `${headers['event_type']}.${headers['schema_version']}`;
      const errors = [fits(`${name}.headers`, headers), fits(name, JSON.parse(data))];
      return errors.every((each) => each === null) ? [] : [{ name, data, headers, errors }];
    });
    expect(misfits).toEqual([]);
    expect(new Set(entries.map(({ event_type }) => event_type)).size).toBeGreaterThan(10);
  });
});
