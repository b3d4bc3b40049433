import type { Operation } from '../operation.ts';

const OWNED = { about: 'what is owned' } as const;
const READ = { ...OWNED, notReached: 'null' } as const;
const CHANGED = { ...OWNED, notReached: 'NOT_FOUND' } as const;

const RESULT = '{ __typename ... on UserError { code message } }';

const READ_CARTS: readonly Operation[] = [
  {
    ...READ,
    field: 'Query.cart',
    document: 'query ($id: ID!) { cart(id: $id) { id } }',
    variables: ({ cartId }) => ({ id: cartId }),
  },
  {
    ...READ,
    field: 'Query.cart',
    how: 'consistentWith',
    document: 'query ($id: ID!, $token: String) { cart(id: $id, consistentWith: $token) { id } }',
    variables: ({ cartId, cartToken }) => ({ id: cartId, token: cartToken }),
  },
  {
    ...READ,
    field: 'Query.cart',
    how: 'asOf',
    document: 'query ($id: ID!, $asOf: DateTime) { cart(id: $id, asOf: $asOf) { id } }',
    variables: ({ cartId }) => ({ id: cartId, asOf: new Date().toISOString() }),
  },
  {
    ...OWNED,
    notReached: 'not listed',
    field: 'Query.carts',
    document: 'query { carts(first: 100) { edges { node { id } } } }',
    variables: () => ({}),
  },
  {
    ...READ,
    field: 'Query.node',
    how: 'of a cart',
    scope: 'orders:read',
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    variables: ({ cartId }) => ({ id: cartId }),
  },
  {
    ...READ,
    field: 'Query.nodes',
    how: 'of a cart',
    scope: 'orders:read',
    document: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: ({ cartId }) => ({ ids: [cartId] }),
  },
];

const CHANGE_CARTS: readonly Operation[] = [
  {
    ...CHANGED,
    field: 'Mutation.addCartItem',
    document: `mutation ($input: AddCartItemInput!) { addCartItem(input: $input) ${RESULT} }`,
    variables: ({ cartId, productId }) => ({ input: { cartId, productId } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.addCartItem',
    how: "the owner's idempotencyKey",
    document: `mutation ($input: AddCartItemInput!) { addCartItem(input: $input) ${RESULT} }`,
    variables: ({ cartId, productId, usedKey }) => ({ input: { cartId, productId, idempotencyKey: usedKey } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.addCartItems',
    document: `mutation ($input: AddCartItemsInput!) { addCartItems(input: $input) ${RESULT} }`,
    variables: ({ cartId, productId }) => ({ input: { cartId, items: [{ productId }] } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.setCartItemQuantity',
    document: `mutation ($input: SetCartItemQuantityInput!) { setCartItemQuantity(input: $input) ${RESULT} }`,
    variables: async ({ cartId, newItem }) => ({ input: { cartId, cartItemId: await newItem(), quantity: 2 } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.removeCartItem',
    document: `mutation ($input: RemoveCartItemInput!) { removeCartItem(input: $input) ${RESULT} }`,
    variables: async ({ cartId, newItem }) => ({ input: { cartId, cartItemId: await newItem() } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.clearCart',
    document: `mutation ($input: ClearCartInput!) { clearCart(input: $input) ${RESULT} }`,
    variables: ({ cartId }) => ({ input: { cartId } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.checkout',
    document: `mutation ($input: CheckoutInput!) { checkout(input: $input) ${RESULT} }`,
    variables: ({ cartToOrder }) => ({ input: { cartId: cartToOrder } }),
  },
];

/** Whatever may be asked about one cart. */
export const ABOUT_CARTS: readonly Operation[] = [
  ...READ_CARTS,
  ...CHANGE_CARTS,
  {
    ...CHANGED,
    field: 'Subscription.cart',
    document: 'subscription ($id: ID!) { cart(cartId: $id) { id } }',
    variables: ({ cartId }) => ({ id: cartId }),
  },
];
