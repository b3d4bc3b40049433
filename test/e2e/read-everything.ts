import { expect } from 'vitest';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import type { TestInstance } from './panier.ts';

const EVENT = 'eventId type aggregateId causationId correlationId data';
const ORDER = `id customerId status failure { reason message } lines { product { name } } revision steps { event { ${EVENT} } }`;
const LISTS = {
  events: `node { ${EVENT} }`,
  deadLetters: 'node { id fields { name value } error }',
  orders: `node { ${ORDER} }`,
  stuckOrders: `node { ${ORDER} }`,
  products: 'node { id name }',
  contradictions: `node { orderId reason more event { ${EVENT} } order { ${ORDER} } }`,
};

type Page = {
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
};

/** What a query answers: without an error, and without an escape that stands for no text. */
export const ask = async (
  { url }: TestInstance,
  query: string,
  variables: object = {},
): Promise<Record<string, Page>> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const body = await response.text();
  expect(body).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
  const { data, errors } = JSON.parse(body) as { data: Record<string, Page>; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
};

/** Number of all items of a list, page by page. */
const countOf = async (panier: TestInstance, list: keyof typeof LISTS): Promise<number> => {
  const query = `query ($after: String) { ${list}(first: 100, after: $after) {
    edges { cursor ${LISTS[list]} } pageInfo { hasNextPage endCursor } } }`;
  let [count, after]: [number, string | null] = [0, null];
  for (;;) {
    const page: Page | undefined = (await ask(panier, query, { after }))[list];
    count += page?.edges.length ?? 0;
    if (page?.pageInfo.hasNextPage !== true) return count;
    after = page.pageInfo.endCursor;
  }
};

/** Reads all pages of all lists; how many items each has. */
export const readEverything = async (panier: TestInstance): Promise<Readonly<Record<string, number>>> => {
  const lists = Object.keys(LISTS) as (keyof typeof LISTS)[];
  return Object.fromEntries(await Promise.all(lists.map(async (list) => [list, await countOf(panier, list)] as const)));
};

/** What can be asked for by id. */
export const READ_BY_ID = `query ($ids: [ID!]!, $cartId: ID!, $orderId: ID!) {
  nodes(ids: $ids) { id ... on Order { ${ORDER} } ... on Product { name } ... on Cart { customerId sessionId } }
  cart(id: $cartId, asOf: "2100-01-01T00:00:00Z") { customerId sessionId order { ${ORDER} } }
  order(id: $orderId, atRevision: 2) { ${ORDER} }
  events(first: 100, filter: { aggregateId: $orderId }) { edges { node { ${EVENT} } } }
}`;
