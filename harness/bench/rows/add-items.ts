import { ask, openShop, PRODUCTS, type Servers, type Topology, untilLevel, verifyDurability } from '../stage/index.ts';
import type { Requests, Target } from './http-contestant.ts';

const ADD_ITEM = /* GraphQL */ `mutation AddItem($input: AddCartItemInput!) {
  addCartItem(input: $input) { __typename ... on Cart { id version } ... on UserError { message } }
}`;
const CREATE_CARTS = `mutation { ${Array.from({ length: 10 }, (_, index) => `cart${index}: createCart { ... on Cart { id } }`).join(' ')} }`;

/** A product that is in the cart already changes its line. */
const IS_ADDITION = `type in ('CartItemAdded', 'CartItemQuantityChanged')`;
const COUNTS = `
  select (select count(*)::int from write.journal where ${IS_ADDITION}) as recorded,
    (select count(*)::int from audit.event_store where ${IS_ADDITION}) as stored,
    (select count(distinct event_id)::int from audit.event_store where ${IS_ADDITION}) as once`;

/** @throws unless every answered command is recorded, and stored, once */
export const verifyItems = async (servers: Servers, operations: number): Promise<void> => {
  await verifyDurability(servers);
  await untilLevel(servers);
  const { rows } = await servers.pool.query<Record<'recorded' | 'stored' | 'once', number>>(COUNTS);
  for (const [what, count] of Object.entries(rows[0] ?? { recorded: 0 }))
    if (count !== operations) throw new Error(`${operations} commands were answered, and ${count} are ${what}.`);
};

export const openCommands = async (
  topology: Topology,
  settle: 'settled' | 'answered',
  settings: Readonly<Record<string, string>> = {},
): Promise<Target> => {
  const shop = await openShop(topology, settings);
  const { servers } = shop;
  return {
    url: shop.url,
    processes: shop.processes,
    settle: () => (settle === 'settled' ? untilLevel(servers) : Promise.resolve()),
    verify: (operations) => verifyItems(servers, operations),
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
};

const bodyOf = (cartId: string, productId: string): string =>
  JSON.stringify({ query: ADD_ITEM, variables: { input: { cartId, productId, quantity: 1 } } });

const openCarts = async (url: string, count: number): Promise<readonly string[]> => {
  const carts: string[] = [];
  while (carts.length < count) {
    const made = await ask<Readonly<Record<string, { readonly id: string }>>>(url, CREATE_CARTS);
    carts.push(...Object.values(made).map(({ id }) => id));
  }
  return carts;
};

export interface Carts {
  readonly carts: number;
  readonly inFlight: number;
}

/** Neighbours go to different carts: what is measured is not a queue before one of them. */
const requestsOn = (carts: readonly string[], inFlight: number): Requests => ({
  bodies: PRODUCTS.flatMap((productId) => carts.map((cartId) => bodyOf(cartId, productId))),
  expected: '"__typename":"Cart"',
  inFlight,
});

export const requestsToShop =
  ({ carts, inFlight }: Carts) =>
  async ({ url }: Pick<Target, 'url'>): Promise<Requests> =>
    requestsOn(await openCarts(url, carts), inFlight);

/** The same bytes as for panier, on carts that nobody made. */
export const requestsToLimit =
  ({ carts, inFlight }: Carts) =>
  async (): Promise<Requests> => ({
    ...requestsOn(
      Array.from({ length: carts }, (_, index) => `cart_${String(index).padStart(26, '0')}`),
      inFlight,
    ),
  });

/** An echo answers with the question. */
export const requestsToEcho = (carts: Carts) => async (): Promise<Requests> => ({
  ...(await requestsToLimit(carts)()),
  expected: 'addCartItem',
});
