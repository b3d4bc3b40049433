import type { Operation } from '../operation.ts';

const OWNED = { about: 'what is owned' } as const;
const READ = { ...OWNED, notReached: 'null' } as const;
const CHANGED = { ...OWNED, notReached: 'NOT_FOUND' } as const;

const RESULT = '{ __typename ... on UserError { code message } }';

const READ_ORDERS: readonly Operation[] = [
  {
    ...READ,
    field: 'Query.order',
    document: 'query ($id: ID!) { order(id: $id) { id } }',
    variables: ({ orderId }) => ({ id: orderId }),
  },
  {
    ...READ,
    field: 'Query.order',
    how: 'consistentWith',
    document: 'query ($id: ID!, $token: String) { order(id: $id, consistentWith: $token) { id } }',
    variables: ({ orderId, orderToken }) => ({ id: orderId, token: orderToken }),
  },
  {
    ...READ,
    field: 'Query.order',
    how: 'atRevision',
    document: 'query ($id: ID!) { order(id: $id, atRevision: 1) { id } }',
    variables: ({ orderId }) => ({ id: orderId }),
  },
  {
    ...OWNED,
    notReached: 'not listed',
    field: 'Query.orders',
    document: 'query { orders(first: 100) { edges { node { id } } } }',
    variables: () => ({}),
  },
  {
    ...READ,
    field: 'Query.node',
    how: 'of an order',
    scope: 'orders:read',
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    variables: ({ orderId }) => ({ id: orderId }),
  },
  {
    ...READ,
    field: 'Query.nodes',
    how: 'of an order',
    scope: 'orders:read',
    document: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: ({ orderId }) => ({ ids: [orderId] }),
  },
];

/** Whatever may be asked about one order. */
export const ABOUT_ORDERS: readonly Operation[] = [
  ...READ_ORDERS,
  {
    ...CHANGED,
    field: 'Mutation.payOrder',
    document: `mutation ($input: PayOrderInput!) { payOrder(input: $input) ${RESULT} }`,
    variables: ({ orderToPay }) => ({ input: { orderId: orderToPay, paymentMethod: 'pm_card_visa' } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.reorder',
    document: `mutation ($input: ReorderInput!) { reorder(input: $input) ${RESULT} }`,
    variables: ({ orderId }) => ({ input: { orderId } }),
  },
  {
    ...CHANGED,
    field: 'Mutation.cancelOrder',
    document: `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) ${RESULT} }`,
    variables: ({ orderToCancel }) => ({ input: { orderId: orderToCancel } }),
  },
  {
    ...CHANGED,
    field: 'Subscription.orderStatus',
    document: 'subscription ($id: ID!) { orderStatus(orderId: $id) { cursor } }',
    variables: ({ orderId }) => ({ id: orderId }),
  },
  {
    ...CHANGED,
    field: 'Subscription.orderStatus',
    how: 'after',
    document: 'subscription ($id: ID!, $after: String) { orderStatus(orderId: $id, after: $after) { cursor } }',
    variables: ({ orderId, orderCursor }) => ({ id: orderId, after: orderCursor }),
  },
];
