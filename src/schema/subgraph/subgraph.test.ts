import { buildSchema, lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signedInAs, tokenOf } from '../../../harness/support/tokens.ts';
import type { Exposure, Limits } from '../../platform/index.ts';
import { schema } from '../schema.ts';
import { greet } from '../server/raw-socket.fixture.ts';
import { type GatewayServer, startServer } from '../server/start-server.ts';
import { ask, askAsNobody } from '../server/testing/raw-request.ts';
import { CART_ID, ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { subgraph } from './subgraph.ts';

const CUP = {
  id: 'prod_cup',
  name: 'Cup',
  price: '3.50',
  currency: 'EUR',
  available: 5,
  reserved: 0,
  sold: 0,
} as const;
const CART = { type: 'CartCreated', data: { customerId: 'ann', sessionId: null, currency: 'EUR' } } as const;

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Product { id name available }
    ... on Cart { id version }
    ... on Order { id status }
  }
}`;

const MARKS: ReadonlySet<string> = new Set(['link', 'key', 'shareable']);

const OF_ALL_TYPES = [
  { __typename: 'Order', id: ORDER_ID },
  { __typename: 'Product', id: CUP.id },
  { __typename: 'Cart', id: CART_ID },
  { __typename: 'Product', id: CUP.id },
];

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

interface Served {
  readonly exposure?: Partial<Exposure>;
  readonly limits?: Partial<Limits>;
}

const start = async ({ exposure, limits = {} }: Served = {}) => {
  const write = { cart: async () => null, order: async () => null, product: async () => null };
  const modules = memoryModules({ write });
  modules.products.set(CUP.id, CUP);
  modules.append(CART_ID, CART);
  modules.append(ORDER_ID, orderEvents('ann').created);
  const readOrders = vi.spyOn(modules.read, 'orders');
  const options = { host: '127.0.0.1', port: 0, limits, exposure: { subgraph: true, ...exposure } };
  server = await startServer(served(modules), options);
  return { readOrders };
};

type Headers = Readonly<Record<string, string>>;
type Lane = (asked: object, headers: Headers) => Promise<unknown>;

const byPost =
  (path: string): Lane =>
  async (asked, headers) => {
    const { body } = await askAsNobody(server.url, { path, headers, body: JSON.stringify(asked) });
    return JSON.parse(body) as unknown;
  };

const entitiesFor = async (headers: Headers, representations: readonly unknown[]): Promise<unknown> =>
  byPost('/subgraph')({ query: ENTITIES, variables: { representations } }, headers);

const firstError = (answer: unknown): unknown => at(answer, 'errors', 0);
const codeOf = (answer: unknown): unknown => at(firstError(answer), 'extensions', 'code');

describe('the subgraph', () => {
  it('is the plain schema, marked', async () => {
    await start();
    const unmarked = visit(parse(subgraph().sdl), {
      Directive: ({ name }) => (MARKS.has(name.value) ? null : undefined),
    });
    const plain = printSchema(lexicographicSortSchema(schema));
    expect(printSchema(lexicographicSortSchema(buildSchema(print(unmarked))))).toBe(plain);
    expect(plain).not.toContain('_Entity');
  });

  it.each([
    ['plain requests', byPost('/subgraph')],
    ['Yoga', byPost('/subgraph?lane=yoga')],
  ] satisfies [string, Lane][])(
    'finds entities of all types by reference, in their order, by %s',
    async (_name, lane) => {
      await start();
      const variables = { representations: OF_ALL_TYPES };
      const cup = { __typename: 'Product', id: CUP.id, name: 'Cup', available: 5 };
      expect(await lane({ query: ENTITIES, variables }, await signedInAs('ann'))).toEqual({
        data: {
          _entities: [
            { __typename: 'Order', id: ORDER_ID, status: 'PENDING' },
            cup,
            { __typename: 'Cart', id: CART_ID, version: 1 },
            cup,
          ],
        },
      });
    },
  );

  it('speaks on WebSockets at its own path', async () => {
    await start();
    const { socket, received, subscribe } = await greet(`${server.url.replace('http', 'ws')}/subgraph`);
    subscribe(
      '1',
      `{ _entities(representations: [{ __typename: "Product", id: "${CUP.id}" }]) { ... on Product { name } } }`,
    );
    await expect.poll(() => received.some(({ id }) => id === '1')).toBe(true);
    expect(JSON.stringify(received)).toContain('{"data":{"_entities":[{"name":"Cup"}]}}');
    socket.terminate();
  });

  it('reads what is asked for together with one query a type', async () => {
    const { readOrders } = await start();
    const ids = Array.from({ length: 50 }, (_, nth) => `order_${nth}`);
    const answer = await entitiesFor(
      await signedInAs('ann'),
      ids.map((id) => ({ __typename: 'Order', id })),
    );
    expect(at(answer, 'data', '_entities')).toHaveLength(50);
    expect(readOrders).toHaveBeenCalledTimes(1);
  });
});

describe('who is told', () => {
  const NOTHING = { data: { _entities: [null, null] } };
  const THEIRS = [
    { __typename: 'Order', id: ORDER_ID },
    { __typename: 'Cart', id: CART_ID },
  ];

  it.each([
    ['nobody', async () => ({})],
    ['another customer', () => signedInAs('bob')],
    [
      'a service without the scope',
      async () => ({ authorization: `Bearer ${await tokenOf({ role: 'service', subject: 'reviews' })}` }),
    ],
  ] satisfies [string, () => Promise<Headers>][])('nothing of what is not theirs: %s', async (_who, headers) => {
    await start();
    expect(await entitiesFor(await headers(), THEIRS)).toEqual(NOTHING);
  });

  it('nothing of what there is not', async () => {
    await start();
    const gone = THEIRS.map((each) => ({ ...each, id: `${each.id}0` }));
    expect(await entitiesFor(await signedInAs('ann'), gone)).toEqual(NOTHING);
  });

  const SERVICE = { query: '{ _service { sdl } }' };

  it('of the schema in production: services and operators', async () => {
    await start({ exposure: { mode: 'production' } });
    const service = await tokenOf({ role: 'service', subject: 'gateway' });
    for (const headers of [await signedInAs(null), { authorization: `Bearer ${service}` }])
      expect(at(await byPost('/subgraph')(SERVICE, headers), 'data', '_service', 'sdl')).toBe(subgraph().sdl);
    for (const headers of [{}, await signedInAs('ann')])
      expect(codeOf(await byPost('/subgraph')(SERVICE, headers))).toBe('FORBIDDEN');
  });

  it('of the schema in development: everybody', async () => {
    await start();
    expect(at(await byPost('/subgraph')(SERVICE, {}), 'data', '_service', 'sdl')).toContain('@key(fields: "id")');
  });
});

const product = (nth: number) => ({ __typename: 'Product', id: `prod_${nth}` });

describe('what is refused', () => {
  it('is more references than a page holds', async () => {
    await start({ limits: { pageSize: 3 } });
    const four = [1, 2, 3, 4].map(product);
    const answer = await entitiesFor({}, four);
    expect(firstError(answer)).toMatchObject({
      message: 'representations holds 4 references: ask for at most 3 at once.',
      extensions: { code: 'PAGE_TOO_LARGE' },
    });
    expect(at(await entitiesFor({}, four.slice(1)), 'data', '_entities')).toEqual([null, null, null]);
  });

  it('is what would cost too much, a list of references counting as long as it may be', async () => {
    await start({ limits: { cost: 400 } });
    expect(codeOf(await entitiesFor({}, [product(1)]))).toBe('TOO_COSTLY');
    const named = `{ _entities(representations: [{ __typename: "Product", id: "${CUP.id}" }]) { ... on Product { id name } } }`;
    expect(codeOf(await byPost('/subgraph')({ query: named }, {}))).toBeUndefined();
  });

  it.each([
    [{ __typename: 'Money', amount: '1' }, 'representations[0].__typename has to be one of Cart, Order, Product'],
    [{ __typename: 'DeadLetter', id: 'dead_1' }, 'representations[0].__typename has to be one of'],
    [{ __typename: 'toString', id: 'prod_1' }, 'representations[0].__typename has to be one of'],
    [{ id: 'prod_1' }, 'representations[0].__typename has to be one of'],
    ['prod_1', 'representations[0].__typename has to be one of'],
    [{ __typename: 'Product' }, 'representations[0].id has to be a string'],
    [{ __typename: 'Product', id: 7 }, 'representations[0].id has to be a string'],
    [{ __typename: 'Product', id: { toString: 1 } }, 'representations[0].id has to be a string'],
    [{ __typename: 'Product', id: 'p'.repeat(1_001) }, 'representations[0].id has at most 1000 characters'],
    [{ __typename: 'Product', id: 'prod_\0' }, 'representations[0].id has a control character'],
  ])('is what is no reference: %#', async (representation, message) => {
    await start();
    const answer = await entitiesFor({}, [representation]);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(at(firstError(answer), 'message')).toContain(message);
  });

  it('is everything, where panier is no subgraph', async () => {
    await start({ exposure: { subgraph: false } });
    const body = JSON.stringify({ query: '{ __typename }' });
    expect((await ask(server.url, { path: '/subgraph', body })).status).toBe(404);
    const upgrade = greet(`${server.url.replace('http', 'ws')}/subgraph`);
    await expect(upgrade).rejects.toThrow('404');
  });
});
