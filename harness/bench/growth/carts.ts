import { ask, PRODUCTS } from '../stage/index.ts';

const CARTS_AT_ONCE = 10;
const LINES = 100;
const LINES_AT_ONCE = 10;

const CREATE = `mutation { ${Array.from({ length: CARTS_AT_ONCE }, (_, nth) => `cart${nth}: createCart { ... on Cart { id } }`).join(' ')} }`;
const ADD = /* GraphQL */ `mutation AddItem($input: AddCartItemInput!) {
  addCartItem(input: $input) { __typename ... on Cart { id version } ... on UserError { message } }
}`;
const UPSERT = /* GraphQL */ `mutation ($input: UpsertProductInput!) {
  upsertProduct(input: $input) { __typename }
}`;

/** Makes empty carts; returns their ids. */
export const createCarts = async (url: string, count: number): Promise<readonly string[]> => {
  const carts: string[] = [];
  while (carts.length < count) {
    const made = await ask<Readonly<Record<string, { readonly id: string }>>>(url, CREATE);
    carts.push(...Object.values(made).map(({ id }) => id));
  }
  return carts;
};

const addItemBody = (cartId: string, productId: string): string =>
  JSON.stringify({ query: ADD, variables: { input: { cartId, productId, quantity: 1 } } });

const productOf = (line: number): string => `prod_line${line}`;

const addLines = async (url: string, cartId: string): Promise<void> => {
  for (let first = 0; first < LINES; first += LINES_AT_ONCE) {
    const adds = Array.from({ length: LINES_AT_ONCE }, (_, nth) => {
      const input = `{ cartId: "${cartId}", productId: "${productOf(first + nth)}", quantity: 1 }`;
      return `add${nth}: addCartItem(input: ${input}) { __typename }`;
    });
    const answers = await ask<Readonly<Record<string, { readonly __typename: string }>>>(
      url,
      `mutation { ${adds.join(' ')} }`,
    );
    const refused = Object.values(answers).find(({ __typename }) => __typename !== 'Cart');
    if (refused !== undefined) throw new Error(`A full cart was refused an item: ${refused.__typename}`);
  }
};

/** Makes carts with as many lines as a cart may have; returns their ids. */
export const createFullCarts = async (url: string, count: number): Promise<readonly string[]> => {
  for (let line = 0; line < LINES; line += 1) {
    const id = productOf(line);
    await ask(url, UPSERT, { input: { id, name: id, price: { amount: '19.90', currency: 'EUR' } } });
  }
  const carts = await createCarts(url, count);
  await Promise.all(carts.map((cart) => addLines(url, cart)));
  return carts;
};

/** Neighbours go to different carts: what is measured is not a queue before one of them. */
export const addToFresh = (carts: readonly string[]): readonly string[] =>
  PRODUCTS.flatMap((productId) => carts.map((cartId) => addItemBody(cartId, productId)));

export const addToFull = (carts: readonly string[]): readonly string[] =>
  Array.from({ length: LINES }, (_, line) => productOf(line)).flatMap((productId) =>
    carts.map((cartId) => addItemBody(cartId, productId)),
  );
