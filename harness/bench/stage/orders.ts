import { ask } from './ask.ts';
import { PRODUCTS } from './shop.ts';

const CREATE = 'mutation { createCart { ... on Cart { id } } }';
const FILL = /* GraphQL */ `
  mutation ($first: AddCartItemInput!, $second: AddCartItemInput!) {
    first: addCartItem(input: $first) { __typename }
    second: addCartItem(input: $second) { __typename }
  }`;
const CHECK_OUT = 'mutation ($input: CheckoutInput!) { checkout(input: $input) { ... on Order { id } } }';

export const PAID = 'pm_card_visa';

/** Checks out a new cart with two items, paid with `paymentMethod` or, without one, not yet. Returns the order's id. */
export const placeOrder = async (url: string, paymentMethod?: string): Promise<string> => {
  const { createCart } = await ask<{ readonly createCart: { readonly id: string } }>(url, CREATE);
  const cartId = createCart.id;
  const [first, second] = PRODUCTS.map((productId) => ({ cartId, productId, quantity: 1 }));
  await ask(url, FILL, { first, second });
  const input = { cartId, ...(paymentMethod !== undefined && { paymentMethod }) };
  return (await ask<{ readonly checkout: { readonly id: string } }>(url, CHECK_OUT, { input })).checkout.id;
};
