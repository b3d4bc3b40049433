import { gql } from '@apollo/client';
import {
  createOperationDescriptor,
  type Environment,
  fetchQuery,
  getSelector,
  type SingularReaderSelector,
} from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import type { Client } from '../../src/cli/client.ts';
import { connectApollo } from '../clients/apollo-client.ts';
import { connectRelay } from '../clients/relay.ts';
import { productQuery, queryClient } from '../clients/tanstack-query.ts';
import { connectUrql } from '../clients/urql.ts';
import { compileRelay } from './compile-relay.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { shelve, stands } from './shop.ts';
import { payToEnd, waitingOrder } from './waiting-order.ts';

const token = async (): Promise<string> => OPERATOR_TOKEN;
const NAME = 'query ($id: ID!) { product(id: $id) { ... on Node { id } name price { amount currency } } }';
const RENAME = `mutation ($input: UpsertProductInput!) {
  upsertProduct(input: $input) { ... on Product { id name } ... on UserError { code message } }
}`;

const relay = compileRelay('test/clients/orders.ts');
let panier: TestPanier;
let client: Client;
let url: string;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
  url = `${panier.url}/graphql`;
});
afterAll(async () => {
  relay[Symbol.dispose]();
  await panier[Symbol.asyncDispose]();
});

const rename = (id: string) => ({ input: { id, name: 'Renamed', price: { amount: '2.00', currency: 'EUR' } } });
const tooCheap = (id: string) => ({ input: { id, name: 'Renamed', price: { amount: '-2.00', currency: 'EUR' } } });

const shelved = async (): Promise<string> => {
  const id = await shelve(client, 1);
  await stands(client, id, { available: 1, reserved: 0, sold: 0 });
  return id;
};

describe('Apollo Client', () => {
  it('keeps a product once, whatever answered with it, and knows it by its interface', async () => {
    const id = await shelved();
    const apollo = connectApollo(url, token);
    const query = { query: gql(NAME), variables: { id } };
    await apollo.query(query);
    await apollo.mutate({ mutation: gql(RENAME), variables: rename(id) });
    expect(apollo.cache.readQuery(query)).toMatchObject({
      product: { id, name: 'Renamed', price: { amount: '12.50' } },
    });
    const refused = await apollo.mutate({ mutation: gql(RENAME), variables: tooCheap(id) });
    expect(refused.data).toMatchObject({ upsertProduct: { code: 'INVALID_INPUT' } });
  });
});

describe('urql with graphcache', () => {
  it('keeps a product once, whatever answered with it, and knows it by its interface', async () => {
    const id = await shelved();
    const warnings = vi.spyOn(console, 'warn');
    const urql = connectUrql(url, OPERATOR_TOKEN);
    await urql.query(NAME, { id });
    await urql.mutation(RENAME, rename(id));
    const kept = await urql.query<unknown>(NAME, { id }, { requestPolicy: 'cache-only' });
    expect(kept.data).toMatchObject({ product: { id, name: 'Renamed', price: { amount: '12.50' } } });
    const refused = await urql.mutation(RENAME, tooCheap(id));
    expect(refused.data).toMatchObject({ upsertProduct: { code: 'INVALID_INPUT' } });
    expect(warnings).not.toHaveBeenCalled();
  });
});

interface Orders {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

/** What a component with that fragment would be shown. */
const ordersIn = (environment: Environment, variables: object): Orders => {
  const { fragment } = createOperationDescriptor(relay.request('ordersQuery'), variables);
  const { data } = environment.lookup(fragment);
  const selector = getSelector(relay.fragment('orders_list'), data) as SingularReaderSelector;
  return environment.lookup(selector).data?.['orders'] as Orders;
};

describe('Relay', () => {
  it('adds a page to a connection, and fetches a node again', async () => {
    const ids = [await waitingOrder(client), await waitingOrder(client), await waitingOrder(client)].toReversed();
    const environment = connectRelay(url, OPERATOR_TOKEN);
    await fetchQuery(environment, relay.request('ordersQuery'), { first: 2 }).toPromise();
    const page = ordersIn(environment, { first: 2 });
    expect(page.edges.map(({ node }) => node.id)).toEqual(ids.slice(0, 2));
    const next = { first: 1, after: page.pageInfo.endCursor };
    await fetchQuery(environment, relay.request('ordersPageQuery'), next).toPromise();
    expect(ordersIn(environment, { first: 2 }).edges.map(({ node }) => node.id)).toEqual(ids);

    const [id = ''] = ids;
    await payToEnd(client, id);
    await fetchQuery(environment, relay.request('ordersRowQuery'), { id }).toPromise();
    expect(environment.getStore().getSource().get(id)).toMatchObject({ status: 'CONFIRMED' });
  });
});

describe('TanStack Query', () => {
  it('asks with documents of the client preset', async () => {
    const id = await shelved();
    const { product } = await queryClient.query(productQuery(url, id));
    expect(product).toMatchObject({ id, available: 1 });
  });
});
