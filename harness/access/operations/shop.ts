import { newId } from '../../../src/events/index.ts';
import type { Operation } from '../operation.ts';

const ALL = { about: 'all', notReached: 'null', variables: () => ({}) } as const;
const LETTER = { about: 'a dead letter', notReached: 'null' } as const;

const RESULT = '{ __typename ... on UserError { code message } }';

const READ: readonly Operation[] = [
  {
    ...ALL,
    field: 'Query.product',
    document: 'query ($id: ID!) { product(id: $id) { id } }',
    variables: ({ productId }) => ({ id: productId }),
  },
  { ...ALL, field: 'Query.products', document: '{ products(first: 1) { edges { cursor } } }' },
  {
    ...ALL,
    field: 'Query.node',
    how: 'of a product',
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    variables: ({ productId }) => ({ id: productId }),
  },
  {
    ...ALL,
    field: 'Subscription.stock',
    document: 'subscription ($ids: [ID!]!) { stock(productIds: $ids) { id } }',
    variables: ({ productId }) => ({ ids: [productId] }),
  },
  { ...ALL, field: 'Query.abandonedCarts', document: '{ abandonedCarts(olderThanSeconds: 0) { edges { cursor } } }' },
  { ...ALL, field: 'Query.stuckOrders', document: '{ stuckOrders { edges { cursor } } }' },
  { ...ALL, field: 'Query.stats', document: '{ stats { bucketSeconds } }' },
  { ...ALL, field: 'Subscription.stats', document: 'subscription { stats { bucketSeconds } }' },
  { ...ALL, field: 'Query.contradictions', document: '{ contradictions { edges { cursor } } }' },
  { ...ALL, field: 'Query.consumerGroups', document: '{ consumerGroups { group } }' },
  { ...ALL, field: 'Query.processes', document: '{ processes { id } }' },
  { ...ALL, field: 'Query.backlog', document: '{ backlog { readSideSeconds } }' },
  { ...ALL, field: 'Query.deadLetters', document: '{ deadLetters { edges { cursor } } }' },
  {
    ...LETTER,
    field: 'Query.node',
    how: 'of a dead letter',
    scope: 'events:read',
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    variables: ({ deadLetterId }) => ({ id: deadLetterId }),
  },
  { ...ALL, field: 'Query.events', document: '{ events(first: 1) { edges { cursor } } }' },
  {
    ...ALL,
    field: 'Subscription.events',
    document: 'subscription ($after: String) { events(after: $after) { cursor } }',
    variables: ({ firstEvent }) => ({ after: firstEvent }),
  },
];

const CHANGE: readonly Operation[] = [
  { ...ALL, field: 'Mutation.startVisit', document: `mutation { startVisit ${RESULT} }` },
  { ...ALL, field: 'Query.viewer', document: '{ viewer { kind id scopes expiresAt } }' },
  { ...ALL, field: 'Mutation.streamTicket', document: `mutation { streamTicket ${RESULT} }` },
  { ...ALL, field: 'Mutation.createCart', document: `mutation { createCart ${RESULT} }` },
  {
    ...ALL,
    field: 'Mutation.claimCarts',
    document: `mutation ($token: String!) { claimCarts(visitorToken: $token) ${RESULT} }`,
    variables: async ({ newVisit }) => ({ token: await newVisit() }),
  },
  {
    ...ALL,
    field: 'Mutation.upsertProduct',
    document: `mutation ($input: UpsertProductInput!) { upsertProduct(input: $input) ${RESULT} }`,
    variables: () => ({ input: { id: newId('Product'), name: 'Cup', price: { amount: '1.00', currency: 'EUR' } } }),
  },
  {
    ...ALL,
    field: 'Mutation.adjustStock',
    document: `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) ${RESULT} }`,
    variables: ({ productId }) => ({ input: { productId, delta: 1 } }),
  },
  {
    ...ALL,
    field: 'Mutation.retryDeadLetter',
    document: `mutation ($input: RetryDeadLetterInput!) { retryDeadLetter(input: $input) ${RESULT} }`,
    variables: ({ deadLetterId }) => ({ input: { id: deadLetterId } }),
  },
  {
    ...ALL,
    field: 'Mutation.discardDeadLetter',
    document: `mutation ($input: DiscardDeadLetterInput!) { discardDeadLetter(input: $input) ${RESULT} }`,
    variables: ({ deadLetterId }) => ({ input: { id: deadLetterId, reason: 'not needed' } }),
  },
  {
    ...ALL,
    field: 'Mutation.revokeTokens',
    document: `mutation { revokeTokens(sub: "somebody who is none of them") ${RESULT} }`,
  },
];

/** Whatever may be asked about what is nobody's own. */
export const ABOUT_THE_SHOP: readonly Operation[] = [...READ, ...CHANGE];
