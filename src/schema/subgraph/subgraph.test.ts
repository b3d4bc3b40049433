import { buildSchema, lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signedInAs, tokenOf } from '../../../harness/support/tokens.ts';
import { schema } from '../schema.ts';
import { greet } from '../server/raw-socket.fixture.ts';
import type { GatewayServer } from '../server/start-server.ts';
import { ask } from '../server/testing/raw-request.ts';
import { CART_ID, ORDER_ID } from '../testing/memory-events.ts';
import { at } from '../testing/run.ts';
import {
  annsShop,
  askSubgraph,
  byPost,
  CUP,
  codeOf,
  entitiesOf,
  type Headers,
  type Lane,
  serveSubgraph,
} from './served-subgraph.fixture.ts';
import { subgraph } from './subgraph.ts';

const MARKS: ReadonlySet<string> = new Set(['link', 'key', 'shareable']);

const OF_ALL_TYPES = [
  { __typename: 'Order', id: ORDER_ID },
  { __typename: 'Product', id: CUP.id },
  { __typename: 'Cart', id: CART_ID },
  { __typename: 'Product', id: CUP.id },
];

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

const start = async (...given: Parameters<typeof serveSubgraph>): Promise<void> => {
  server = await serveSubgraph(...given);
};

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
      const cup = { __typename: 'Product', id: CUP.id, name: 'Cup', available: 5 };
      expect(await lane(server, entitiesOf(OF_ALL_TYPES), await signedInAs('ann'))).toEqual({
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

  it('is at its own path alone, where no browser is shown a page', async () => {
    await start();
    const answer = await byPost('/graphql')(server, { query: '{ _service { sdl } }' });
    expect(codeOf(answer)).toBe('GRAPHQL_VALIDATION_FAILED');
    const page = { method: 'GET', headers: { accept: 'text/html' } };
    expect((await ask(server.url, { ...page, path: '/graphql' })).body).toContain('<html');
    expect((await ask(server.url, { ...page, path: '/subgraph' })).body).not.toContain('<html');
  });

  it('reads what is asked for together with one query a type', async () => {
    const modules = annsShop();
    const readOrders = vi.spyOn(modules.read, 'orders');
    await start({}, modules);
    const ids = Array.from({ length: 50 }, (_, nth) => `order_${nth}`);
    const asked = entitiesOf(ids.map((id) => ({ __typename: 'Order', id })));
    const answer = await askSubgraph(server, asked, await signedInAs('ann'));
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
    expect(await askSubgraph(server, entitiesOf(THEIRS), await headers())).toEqual(NOTHING);
  });

  it('nothing of what there is not', async () => {
    await start();
    const gone = THEIRS.map((each) => ({ ...each, id: `${each.id}0` }));
    expect(await askSubgraph(server, entitiesOf(gone), await signedInAs('ann'))).toEqual(NOTHING);
  });

  const SERVICE = { query: '{ _service { sdl } }' };

  it('of the schema in production: services and operators', async () => {
    await start({ exposure: { mode: 'production' } });
    const service = await tokenOf({ role: 'service', subject: 'gateway' });
    for (const headers of [await signedInAs(null), { authorization: `Bearer ${service}` }])
      expect(at(await askSubgraph(server, SERVICE, headers), 'data', '_service', 'sdl')).toBe(subgraph().sdl);
    for (const headers of [{}, await signedInAs('ann')])
      expect(codeOf(await askSubgraph(server, SERVICE, headers))).toBe('FORBIDDEN');
  });

  it('of the schema in development: everybody', async () => {
    await start();
    expect(at(await askSubgraph(server, SERVICE, {}), 'data', '_service', 'sdl')).toContain('@key(fields: "id")');
  });
});
