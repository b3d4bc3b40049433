import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { greet } from '../server/raw-socket.fixture.ts';
import type { GatewayServer } from '../server/start-server.ts';
import { ask } from '../server/testing/raw-request.ts';
import { at } from '../testing/run.ts';
import { askSubgraph, CUP, codeOf, entitiesOf, firstError, serveSubgraph } from './served-subgraph.fixture.ts';

const product = (nth: number) => ({ __typename: 'Product', id: `prod_${nth}` });

let plain: GatewayServer;
beforeAll(async () => {
  plain = await serveSubgraph();
});
afterAll(() => plain[Symbol.asyncDispose]());

describe('what is refused', () => {
  it('is more references than a page holds', async () => {
    await using server = await serveSubgraph({ limits: { pageSize: 3 } });
    const four = [1, 2, 3, 4].map(product);
    const answer = await askSubgraph(server, entitiesOf(four));
    expect(firstError(answer)).toMatchObject({
      message: 'representations holds 4 references: ask for at most 3 at once.',
      extensions: { code: 'PAGE_TOO_LARGE' },
    });
    expect(at(await askSubgraph(server, entitiesOf(four.slice(1))), 'data', '_entities')).toEqual([null, null, null]);
  });

  it('is what would cost too much, a list of references counting as long as it may be', async () => {
    await using server = await serveSubgraph({ limits: { cost: 400 } });
    expect(codeOf(await askSubgraph(server, entitiesOf([product(1)])))).toBe('TOO_COSTLY');
    const named = `{ _entities(representations: [{ __typename: "Product", id: "${CUP.id}" }]) { ... on Product { id name } } }`;
    expect(codeOf(await askSubgraph(server, { query: named }))).toBeUndefined();
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
    const answer = await askSubgraph(plain, entitiesOf([representation]));
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(at(firstError(answer), 'message')).toContain(message);
  });

  it('is everything, where panier is no subgraph', async () => {
    await using server = await serveSubgraph({ exposure: { subgraph: false } });
    const body = JSON.stringify({ query: '{ __typename }' });
    expect((await ask(server.url, { path: '/subgraph', body })).status).toBe(404);
    const upgrade = greet(`${server.url.replace('http', 'ws')}/subgraph`);
    await expect(upgrade).rejects.toThrow('404');
  });
});
