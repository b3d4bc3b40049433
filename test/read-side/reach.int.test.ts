import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedByAll, customerReach, visitorReach } from '../../harness/support/reach.ts';
import { recorded } from '../../harness/support/recorded.ts';
import { testRedis } from '../../harness/support/servers.ts';
import type { DomainEvent, Reach } from '../../src/events/index.ts';
import { openRead, type Read } from '../../src/read/index.ts';
import { logger, openReadSide } from './read-side.ts';

const resources = new AsyncDisposableStack();
let read: Read;

interface Owned {
  readonly customerId: string | null;
  readonly sessionId: string | null;
}

const created = (name: string, { customerId, sessionId }: Owned): readonly DomainEvent[] => {
  const [cartId, orderId] = [`cart_${name}`, `order_${name}`];
  const lines = [{ productId: 'prod_1', quantity: 1, unitPrice: '1.00' }];
  const rest = { currency: 'EUR', lines, totalAmount: '1.00', methodKind: null } as const;
  return [
    { type: 'CartCreated', data: { customerId, sessionId, currency: 'EUR' } },
    { type: 'OrderCreated', data: { orderId, cartId, customerId, sessionId, ...rest } },
  ];
};

const OWNED: Readonly<Record<string, Owned>> = {
  adas: { customerId: 'ada', sessionId: null },
  adas_of_session: { customerId: 'ada', sessionId: 'visit_1' },
  visitors: { customerId: null, sessionId: 'visit_1' },
  nobodys: { customerId: null, sessionId: null },
};
const NAMES = Object.keys(OWNED);

/** Whom each of them is reached by, besides those who reach everything. */
const REACHED: readonly (readonly [string, Reach, readonly string[]])[] = [
  ['a customer', customerReach('ada'), ['adas', 'adas_of_session']],
  ['another customer', customerReach('bob'), []],
  ['a customer who is called as the visitor is', customerReach('visit_1'), []],
  ['a visitor', visitorReach('visit_1'), ['visitors']],
  ['another visitor', visitorReach('visit_2'), []],
  ['a visitor who is called as the customer is', visitorReach('ada'), []],
  ['nobody', 'Nothing', []],
  ['who reaches everything', 'Everything', NAMES],
];

beforeAll(async () => {
  const side = resources.use(await openReadSide());
  const server = resources.use(await testRedis());
  const redis = resources.adopt(new Redis(server.url), (client) => client.disconnect());
  read = resources.use(openRead({ db: side.db, redis, logger }));
  const { handle } = side.audit();
  for (const [name, owned] of Object.entries(OWNED)) {
    const [cart, order] = created(name, owned).map((event) =>
      recorded(event, { aggregateId: event.type === 'CartCreated' ? `cart_${name}` : `order_${name}`, version: 1 }),
    );
    if (cart === undefined || order === undefined) throw new Error('Both are made.');
    await handle([cart, order]);
  }
});
afterAll(() => resources.disposeAsync());

const without = (prefix: string, shown: readonly ({ readonly id: string } | null)[]): readonly (string | null)[] =>
  shown.map((each) => each && each.id.slice(prefix.length));

describe.each(REACHED)('%s', (_who, reach, reached) => {
  const expected = NAMES.map((name) => (reached.includes(name) ? name : null));

  it('is given the carts and orders that are theirs, and null for all others', async () => {
    const carts = await read.carts(NAMES.map((name) => ({ id: `cart_${name}`, reach })));
    const orders = await read.orders(NAMES.map((name) => ({ id: `order_${name}`, reach })));
    expect([without('cart_', carts), without('order_', orders)]).toEqual([expected, expected]);
  });

  it('is listed those orders', async () => {
    const { edges } = await read.orderPage({ reach, first: 10 });
    expect(new Set(edges.map(({ node }) => node.id))).toEqual(new Set(reached.map((name) => `order_${name}`)));
  });
});

describe('those who ask at the same time for the same', () => {
  it('are each given what is theirs', async () => {
    const asked = REACHED.flatMap(([, reach]) => NAMES.map((name) => ({ id: `cart_${name}`, reach })));
    const expected = REACHED.flatMap(([, , reached]) => NAMES.map((name) => (reached.includes(name) ? name : null)));
    expect(without('cart_', await read.carts(asked))).toEqual(expected);
  });

  it('are told nothing of whose it is', async () => {
    const [cart] = await read.carts(askedByAll('cart_visitors'));
    expect(Object.keys(cart ?? {})).not.toContain('owner');
  });
});
