import type { Owned } from './owned.ts';

/** A question about what may be somebody else's. */
export interface Probe {
  readonly name: string;
  readonly type: 'Read' | 'Mutate' | 'Subscribe';
  readonly of: Owned['kind'];
  readonly query: string;
  readonly variables: (id: string, key: string) => Readonly<Record<string, unknown>>;
}

const ORDER = '__typename id customerId status';
const CART = '__typename id customerId totalItems';

const read = (of: Probe['of'], name: string, told: string): Probe => ({
  name,
  type: 'Read',
  of,
  query: `query ($id: ID!) { told: ${told} }`,
  variables: (id) => ({ id }),
});

const subscription = (of: Probe['of'], name: string, told: string): Probe => ({
  name,
  type: 'Subscribe',
  of,
  query: `subscription ($id: ID!) { told: ${told} }`,
  variables: (id) => ({ id }),
});

interface Change {
  readonly of: Probe['of'];
  readonly name: string;
  readonly shown: string;
  readonly input: (id: string) => object;
}

const mutation = ({ of, name, shown, input }: Change): Probe => ({
  name,
  type: 'Mutate',
  of,
  query: `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
    told: ${name}(input: $input) { __typename ... on UserError { code } ${shown} }
  }`,
  variables: (id, idempotencyKey) => ({ input: { ...input(id), idempotencyKey } }),
});

const ON_ORDER = `... on Order { ${ORDER} }`;
const ON_CART = `... on Cart { ${CART} }`;
const CARD = { paymentMethod: 'pm_card_visa' };

/** Whatever takes the id of a cart or an order. */
export const PROBES: readonly Probe[] = [
  read('order', 'order', `order(id: $id) { ${ORDER} }`),
  read('order', 'order at its first step', `order(id: $id, atRevision: 1) { ${ORDER} }`),
  read('order', 'node', `node(id: $id) { __typename id ${ON_ORDER} }`),
  read('cart', 'cart', `cart(id: $id) { ${CART} }`),
  read('cart', 'cart as of later', `cart(id: $id, asOf: "2100-01-01T00:00:00Z") { ${CART} }`),
  read('cart', 'nodes', `nodes(ids: [$id]) { __typename id ${ON_CART} }`),
  subscription('order', 'orderStatus', `orderStatus(orderId: $id) { cursor order { ${ORDER} } }`),
  subscription('cart', 'cart, followed', `cart(cartId: $id) { ${CART} }`),
  mutation({ of: 'order', name: 'payOrder', shown: ON_ORDER, input: (orderId) => ({ orderId, ...CARD }) }),
  mutation({ of: 'order', name: 'cancelOrder', shown: ON_ORDER, input: (orderId) => ({ orderId }) }),
  mutation({ of: 'cart', name: 'checkout', shown: ON_ORDER, input: (cartId) => ({ cartId, ...CARD }) }),
  mutation({
    of: 'cart',
    name: 'addCartItem',
    shown: ON_CART,
    input: (cartId) => ({ cartId, productId: 'prod_canary', quantity: 1 }),
  }),
];
