import { createSchema } from 'graphql-yoga';
import { ORDER } from './constants.ts';

/** As much of panier's contract as the rows use, and nothing behind it: every answer is a constant. */
export const schema = createSchema({
  typeDefs: /* GraphQL */ `
    scalar DateTime
    interface UserError { message: String! }
    type InvalidInput implements UserError { message: String! }
    type Cart { id: ID! version: Int! }
    union AddCartItemResult = Cart | InvalidInput
    input AddCartItemInput { cartId: ID!, productId: ID!, quantity: Int! = 1, expectedVersion: Int, idempotencyKey: String }
    type Money { amount: String!, currency: String! }
    type OrderLine { productId: ID!, quantity: Int!, unitPrice: Money!, lineTotal: Money! }
    type DomainEvent { eventId: ID!, type: String!, occurredAt: DateTime! }
    type SagaStep { revision: Int!, status: String!, event: DomainEvent! }
    type Order { id: ID!, status: String!, totalAmount: Money!, lines: [OrderLine!]!, steps: [SagaStep!]! }
    type Query { order(id: ID!): Order }
    type Mutation { addCartItem(input: AddCartItemInput!): AddCartItemResult! }
  `,
  resolvers: {
    Query: { order: () => ORDER },
    Mutation: { addCartItem: () => ({ __typename: 'Cart', id: 'cart_0', version: 1 }) },
  },
});
