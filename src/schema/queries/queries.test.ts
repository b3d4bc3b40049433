import { describe, expect, it } from 'vitest';
import { type CartEvent, encodeConsistencyToken } from '../../events/index.ts';
import type { Read } from '../../read/index.ts';
import { encodePositions } from '../event-cursor.ts';
import { CART_ID, ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at, customer, run } from '../testing/run.ts';

const { created, reserved, failed, compensated } = orderEvents('customer-1');
const CART_CREATED: CartEvent = {
  type: 'CartCreated',
  data: { customerId: 'customer-1', sessionId: null, currency: 'EUR' },
};
const ADDED: CartEvent = {
  type: 'CartItemAdded',
  data: { cartItemId: '1', productId: 'prod_cup', quantity: 2, unitPrice: '3.50' },
};

const shop = () => {
  const modules = memoryModules();
  modules.append(CART_ID, CART_CREATED, ADDED);
  modules.append(ORDER_ID, created, reserved, failed, compensated);
  return modules;
};

const codeOf = async (document: string): Promise<unknown> =>
  (await run(shop(), { document })).errors?.[0]?.extensions['code'];

describe('order', () => {
  it('shows what it knows', async () => {
    const document = `{ order(id: "${ORDER_ID}") { status revision failure { reason } steps { revision status event { type } } } }`;
    expect((await run(shop(), { document })).data?.['order']).toEqual({
      status: 'CANCELLED',
      revision: 4,
      failure: { reason: 'PAYMENT_DECLINED' },
      steps: [
        { revision: 1, status: 'PENDING', event: { type: 'OrderCreated' } },
        { revision: 2, status: 'AWAITING_PAYMENT', event: { type: 'StockReserved' } },
        { revision: 3, status: 'COMPENSATING', event: { type: 'PaymentFailed' } },
        { revision: 4, status: 'CANCELLED', event: { type: 'StockCompensated' } },
      ],
    });
  });

  it('shows the stretch of its steps that is asked for', async () => {
    const document = `{
      order(id: "${ORDER_ID}") {
        middle: steps(after: 1, upTo: 3) { revision }
        end: steps(after: 3) { revision }
        beginning: steps(upTo: 1) { revision }
        all: steps(after: null, upTo: null) { revision }
        none: steps(after: 4) { revision }
      }
      early: order(id: "${ORDER_ID}", atRevision: 2) { steps(after: 1, upTo: 4) { revision } }
    }`;
    expect((await run(shop(), { document })).data).toEqual({
      order: {
        middle: [{ revision: 2 }, { revision: 3 }],
        end: [{ revision: 4 }],
        beginning: [{ revision: 1 }],
        all: [1, 2, 3, 4].map((revision) => ({ revision })),
        none: [],
      },
      early: { steps: [{ revision: 2 }] },
    });
  });

  it('shows it as it was at a revision; null when it has not come that far', async () => {
    const document = `{
      early: order(id: "${ORDER_ID}", atRevision: 2) { status revision failure { reason } steps { revision } }
      never: order(id: "${ORDER_ID}", atRevision: 5) { status }
    }`;
    expect((await run(shop(), { document })).data).toEqual({
      early: { status: 'AWAITING_PAYMENT', revision: 2, failure: null, steps: [{ revision: 1 }, { revision: 2 }] },
      never: null,
    });
  });

  it("is null when it is another customer's, by whatever way", async () => {
    const document = `{
      order(id: "${ORDER_ID}") { id }
      old: order(id: "${ORDER_ID}", atRevision: 1) { id }
      node(id: "${ORDER_ID}") { id }
      cart(id: "${CART_ID}") { id }
      oldCart: cart(id: "${CART_ID}", asOf: "2027-01-01T00:00:00Z") { id }
      orders { edges { node { id } } }
    }`;
    const none = { order: null, old: null, node: null, cart: null, oldCart: null, orders: { edges: [] } };
    expect((await run(shop(), { document, viewer: customer('customer-2') })).data).toEqual(none);
    const { data } = await run(shop(), { document, viewer: customer('customer-1') });
    expect(Object.values(data ?? {})).not.toContain(null);
  });
});

describe('cart', () => {
  it('shows it as it was at an instant; null before its creation', async () => {
    const document = `{
      early: cart(id: "${CART_ID}", asOf: "2026-01-01T01:00:01.000+01:00") { version }
      before: cart(id: "${CART_ID}", asOf: "2026-01-01T00:00:00.999Z") { version }
      now: cart(id: "${CART_ID}") { version }
    }`;
    expect((await run(shop(), { document })).data).toEqual({
      early: { version: 1 },
      before: null,
      now: { version: 2 },
    });
  });
});

const token = (reached: number) => encodeConsistencyToken({ aggregateId: CART_ID, measure: 'Version', reached });
const ask = (consistentWith: string, id = CART_ID) =>
  codeOf(`{ cart(id: "${id}", consistentWith: "${consistentWith}") { id } }`);

describe('consistentWith', () => {
  it('answers when the read side is as new, and fails with READ_TIMEOUT when it is not in time', async () => {
    expect(await ask(token(2))).toBeUndefined();
    expect(await ask(token(3))).toBe('READ_TIMEOUT');
  });

  it('refuses what is not a token of the same object', async () => {
    expect(await ask('nonsense')).toBe('BAD_USER_INPUT');
    expect(await ask(token(1), 'cart_other')).toBe('BAD_USER_INPUT');
  });
});

describe('a page', () => {
  it.each(['products(first: 101)', 'orders(last: 101)', 'events(first: 101)'])(
    'is not as large as %s',
    async (field) => {
      expect(await codeOf(`{ ${field} { edges { cursor } } }`)).toBe('PAGE_TOO_LARGE');
    },
  );

  it.each([
    'products(first: 0)',
    'products(last: -1)',
    'orders(first: 1, last: 1)',
    'events(after: "x")',
    `events(after: "${encodePositions(new Map([[0, 99n]]))}")`,
    'events(filter: { aggregateId: "\\u0000" })',
  ])('refuses %s', async (field) => {
    expect(await codeOf(`{ ${field} { edges { cursor } } }`)).toBe('BAD_USER_INPUT');
  });

  it('of events is for operators, and goes on behind a cursor', async () => {
    const document =
      'query ($after: String) { events(first: 1, after: $after) { edges { node { type } } pageInfo { endCursor } } }';
    const forbidden = await run(shop(), { document, viewer: customer('customer-1') });
    expect(forbidden.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
    const first = await run(shop(), { document });
    const after = at(first, 'data', 'events', 'pageInfo', 'endCursor');
    const second = await run(shop(), { document, variables: { after } });
    expect([first, second].map((answer) => at(answer, 'data', 'events', 'edges', 0, 'node', 'type'))).toEqual([
      'CartCreated',
      'CartItemAdded',
    ]);
  });
});

describe('a product that is too new for the read side', () => {
  const entry = { id: 'prod_cup', name: 'Cup', price: '3.50', currency: 'EUR' } as const;
  const modules = memoryModules({
    write: { product: async (id) => (id === entry.id ? entry : null) },
    saga: { stockLevel: async () => ({ productId: entry.id, available: 5, reserved: 1, sold: 2 }) },
  });
  const document =
    '{ product(id: "prod_cup") { name available reserved sold } unknown: product(id: "prod_mug") { id } }';

  it.each([
    [
      'those that the read side has already',
      [{ id: entry.id, available: 4, reserved: 0, sold: 2 }],
      { available: 4, reserved: 0, sold: 2 },
    ],
    ['none before it has any', [], { available: 0, reserved: 0, sold: 0 }],
  ])('is described by the catalogue, with numbers that are never taken back: %s', async (_which, known, shown) => {
    const read = { ...modules.read, stock: async () => known };
    expect((await run({ ...modules, read }, { document })).data).toEqual({
      product: { name: 'Cup', ...shown },
      unknown: null,
    });
  });
});

describe('a product whose stock is kept elsewhere', () => {
  const known = { id: 'prod_cup', name: 'Cup', price: '1.00', currency: 'EUR', available: 4, reserved: 1, sold: 2 };

  it.each([
    ['what was told there', 42, 42],
    ['nothing before it was told, whatever the ledger has', null, 0],
  ])('has available %s', async (_what, told, available) => {
    const saga = { keeper: 'Remote', available: async () => told } as const;
    const modules = memoryModules({ saga });
    modules.products.set('prod_cup', known);
    const { data } = await run(modules, { document: '{ product(id: "prod_cup") { available reserved sold } }' });
    expect(data).toEqual({ product: { available, reserved: 1, sold: 2 } });
  });
});

describe('nodes', () => {
  it('finds each by the prefix of its id', async () => {
    const modules = shop();
    const numbers = { available: 1, reserved: 0, sold: 0 };
    modules.products.set('prod_cup', { id: 'prod_cup', name: 'Cup', price: '1.00', currency: 'EUR', ...numbers });
    const document = `{ nodes(ids: ["prod_cup", "${ORDER_ID}", "${CART_ID}", "event_1", "cart_none", "?"]) { __typename id } }`;
    expect((await run(modules, { document })).data?.['nodes']).toEqual([
      { __typename: 'Product', id: 'prod_cup' },
      { __typename: 'Order', id: ORDER_ID },
      { __typename: 'Cart', id: CART_ID },
      null,
      null,
      null,
    ]);
  });

  it('are read with one query for each kind', async () => {
    const modules = shop();
    const asked: (readonly string[])[] = [];
    const orders: Read['orders'] = (all) => {
      asked.push(all.map(({ id }) => id));
      return modules.read.orders(all);
    };
    const document = `{ nodes(ids: ["${ORDER_ID}", "order_2"]) { id } order(id: "${ORDER_ID}") { id } }`;
    await run({ ...modules, read: { ...modules.read, orders } }, { document });
    expect(asked).toEqual([[ORDER_ID, 'order_2']]);
  });
});
