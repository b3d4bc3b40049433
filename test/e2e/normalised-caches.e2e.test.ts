import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { fetchExchange, Client as UrqlClient } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve } from './shop.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A client with a normalised cache, as it comes: what it shows of the network, and what its cache has then. */
interface Caching {
  readonly ask: (query: string, variables: Variables) => Promise<unknown>;
  readonly cached: (query: string, variables: Variables) => Promise<unknown>;
  readonly tell: (mutation: string, variables: Variables) => Promise<unknown>;
}

const apollo = (url: string): Caching => {
  const link = new HttpLink({ uri: `${url}/graphql`, headers: AS_OPERATOR });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const query =
    (fetchPolicy: 'network-only' | 'cache-only') =>
    async (text: string, variables: Variables): Promise<unknown> =>
      (await client.query({ query: gql(text), variables, fetchPolicy })).data;
  const tell = async (text: string, variables: Variables): Promise<unknown> =>
    (await client.mutate({ mutation: gql(text), variables })).data;
  return { ask: query('network-only'), cached: query('cache-only'), tell };
};

const urql = (url: string): Caching => {
  const client = new UrqlClient({
    url: `${url}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: AS_OPERATOR },
    // Warnings are for whoever reads the console: here they would be lost.
    exchanges: [cacheExchange({ logger: () => undefined }), fetchExchange],
  });
  const query =
    (requestPolicy: 'network-only' | 'cache-only') =>
    async (text: string, variables: Variables): Promise<unknown> =>
      (await client.query(text, variables, { requestPolicy }).toPromise()).data;
  const tell = async (text: string, variables: Variables): Promise<unknown> =>
    (await client.mutation(text, variables).toPromise()).data;
  return { ask: query('network-only'), cached: query('cache-only'), tell };
};

const CART = 'query ($id: ID!) { cart(id: $id) { id version items { id productId quantity } } }';
const CART_THEN =
  'query ($id: ID!, $at: DateTime!) { cart(id: $id, asOf: $at) { id version items { id productId quantity } } }';
const ORDER = 'query ($id: ID!) { order(id: $id) { id status revision updatedAt } }';
const ORDER_THEN = 'query ($id: ID!) { order(id: $id, atRevision: 1) { id status revision updatedAt } }';
const NODE = `query ($id: ID!) {
  node(id: $id) { id ... on Order { status revision updatedAt } ... on Cart { version items { id productId quantity } } }
}`;
const SET = `mutation ($input: SetCartItemQuantityInput!) {
  setCartItemQuantity(input: $input) {
    ... on Cart { id version items { id productId quantity } }
    ... on InvalidInputError { code message }
  }
}`;

let panier: TestPanier;
let products: readonly [string, string];
beforeAll(async () => {
  panier = await startPanier();
  products = [await shelve(panier.client(), 100), await shelve(panier.client(), 100)];
});
afterAll(() => panier[Symbol.asyncDispose]());

const cartOf = (productId: string): Promise<string> => fillCart(panier.client(), [{ productId, quantity: 1 }]);

interface Shown {
  readonly id: string;
  readonly items: readonly { readonly id: string }[];
}

const shownCart = (answer: unknown): Shown => (answer as { cart: Shown }).cart;

const sureOf = async (client: Caching, id: string): Promise<Shown> => {
  await expect.poll(async () => shownCart(await client.ask(CART, { id }))?.items.length).toBe(1);
  return shownCart(await client.ask(CART, { id }));
};

describe.each([
  ['Apollo Client', apollo],
  ['urql with graphcache', urql],
])('%s, its cache as it comes,', (_name, open) => {
  it('shows the items of each cart in that cart', async () => {
    const client = open(panier.url);
    const ids = await Promise.all(products.map(cartOf));
    for (const id of ids) await sureOf(client, id);
    for (const [nth, id] of ids.entries())
      expect(await client.cached(CART, { id })).toMatchObject({
        cart: { id, items: [{ productId: products[nth], quantity: 1 }] },
      });
  });

  it('changes an item by the id that it shows, and that item alone', async () => {
    const client = open(panier.url);
    const [first, second] = [await cartOf(products[0]), await cartOf(products[0])];
    const [shown, other] = [await sureOf(client, first), await sureOf(client, second)];
    const change = { cartId: first, quantity: 5 };
    const own = { input: { ...change, cartItemId: shown.items[0]?.id } };
    await client.tell(SET, own);
    expect(await client.cached(CART, { id: first })).toMatchObject({ cart: { items: [{ quantity: 5 }] } });
    expect(await client.cached(CART, { id: second })).toMatchObject({ cart: { items: [{ quantity: 1 }] } });
    const others = { input: { ...change, cartItemId: other.items[0]?.id } };
    expect(await client.tell(SET, others)).toMatchObject({ setCartItemQuantity: { code: 'INVALID_INPUT' } });
  });

  it('keeps the present beside the past', async () => {
    const client = open(panier.url);
    const id = await cartOf(products[0]);
    const shown = await sureOf(client, id);
    const at = new Date().toISOString();
    const input = { cartId: id, cartItemId: shown.items[0]?.id, quantity: 7 };
    await client.tell(SET, { input });
    await expect.poll(() => client.ask(CART, { id })).toMatchObject({ cart: { items: [{ quantity: 7 }] } });
    const then = await client.ask(CART_THEN, { id, at });
    expect(then).toMatchObject({ cart: { id: `${id}@${at}`, items: [{ quantity: 1 }] } });
    expect(await client.cached(CART, { id })).toMatchObject({ cart: { id, items: [{ quantity: 7 }] } });
    expect(await client.ask(NODE, { id: `${id}@${at}` })).toMatchObject({ node: shownCart(then) });
  });

  it('keeps an order beside what it was', async () => {
    const client = open(panier.url);
    const lines = [{ productId: products[0], quantity: 1 }];
    const id = await placeOrder(panier.client(), lines, { paymentMethod: 'pm_card_visa' });
    await ends(panier.client(), id);
    const now = await client.ask(ORDER, { id });
    const then = await client.ask(ORDER_THEN, { id });
    expect(then).toMatchObject({ order: { id: `${id}@1`, status: 'PENDING', revision: 1 } });
    expect(await client.cached(ORDER, { id })).toEqual(now);
    expect(now).toMatchObject({ order: { id, status: 'CONFIRMED' } });
    expect(await client.ask(NODE, { id: `${id}@1` })).toMatchObject({ node: { id: `${id}@1`, status: 'PENDING' } });
  });
});
