import type { Page } from 'playwright-core';
import { ask } from '../stage/index.ts';

const EVENTS = /* GraphQL */ `
  query ($id: ID!, $type: String!, $count: Int!) {
    events(last: $count, filter: { aggregateId: $id, types: [$type] }) { edges { node { occurredAt } } }
  }`;

interface Events {
  readonly events: { readonly edges: readonly { readonly node: { readonly occurredAt: string } }[] };
}

const occurred = async (url: string, of: { readonly id: string; readonly type: string; readonly count: number }) =>
  (await ask<Events>(url, EVENTS, of)).events.edges.map(({ node }) => Date.parse(node.occurredAt));

/** A page, something that happens, and how it can be seen there. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly isReady: (page: Page) => Promise<void>;
  /** What the page says of each happening. */
  readonly texts: (count: number) => readonly string[];
  readonly happen: (url: string, nth: number) => Promise<unknown>;
  /** When each happened, in milliseconds. */
  readonly happened: (url: string, count: number) => Promise<readonly number[]>;
}

const UPSERT = 'mutation ($input: UpsertProductInput!) { upsertProduct(input: $input) { __typename } }';
const ADJUST = 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { __typename } }';
const PRODUCT = 'prod_seen';

const upsert = (url: string, id: string) =>
  ask(url, UPSERT, { input: { id, name: `Seen ${id}`, price: { amount: '9.90', currency: 'EUR' } } });

/** So many that no number of them is the end of another. */
const FIRST = 1_000;

const adjust = (url: string, delta: number) => ask(url, ADJUST, { input: { productId: PRODUCT, delta } });

const row = (nth: number): string => `prod_row${nth}end`;

/** The tail of the event store, of an operator. */
const EVENT_TAIL: Screen = {
  name: "the console's events",
  path: '/console/events',
  isReady: (page) => page.getByRole('row').nth(1).waitFor(),
  texts: (count) => Array.from({ length: count }, (_, nth) => row(nth)),
  happen: (url, nth) => upsert(url, row(nth)),
  happened: async (url, count) => {
    const each = Array.from({ length: count }, (_, nth) =>
      occurred(url, { id: row(nth), type: 'ProductUpserted', count: 1 }),
    );
    return (await Promise.all(each)).flat();
  },
};

/** The stock of a product, of a customer; others buy and deliver. */
const STOCK: Screen = {
  name: "a product's stock in the shop",
  path: `/shop/products/${PRODUCT}`,
  isReady: (page) => page.getByText(`${FIRST} in stock`).first().waitFor(),
  texts: (count) => Array.from({ length: count }, (_, nth) => `${FIRST + 1 + nth} in stock`),
  happen: (url) => adjust(url, 1),
  happened: async (url, count) => (await occurred(url, { id: PRODUCT, type: 'StockAdjusted', count })).slice(-count),
};

export const SCREENS: readonly Screen[] = [EVENT_TAIL, STOCK];

/** The product that a customer looks at, and its stock. */
export const prepare = async (url: string): Promise<void> => {
  await upsert(url, PRODUCT);
  await adjust(url, FIRST);
};
