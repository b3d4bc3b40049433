import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';

/** What somebody else's service adds to panier's products, and what it knows of orders: their ids. */
export const REVIEWS_SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

  type Product @key(fields: "id") {
    id: ID!
    reviews: [Review!]!
  }

  type Order @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type Cart @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type Review {
    stars: Int!
    product: Product
  }

  type Note {
    text: String!
    order: Order
    cart: Cart
  }

  type Query {
    reviews(of: [ID!]!): [Review!]!
    notes(orders: [ID!]! = [], carts: [ID!]! = []): [Note!]!
  }
`;

interface Reference {
  readonly id: string;
}

interface Noted {
  readonly orders: readonly string[];
  readonly carts: readonly string[];
}

const reviewOf = (id: string) => ({ stars: id.length % 5, product: { id } });
const note = (about: object) => ({ text: 'call the customer', ...about });

const RESOLVERS = {
  Product: {
    __resolveReference: ({ id }: Reference) => ({ id }),
    reviews: ({ id }: Reference) => [reviewOf(id)],
  },
  Query: {
    reviews: (_root: unknown, { of }: { readonly of: readonly string[] }) => of.map(reviewOf),
    notes: (_root: unknown, { orders, carts }: Noted) => [
      ...orders.map((id) => note({ order: { id } })),
      ...carts.map((id) => note({ cart: { id } })),
    ],
  },
};

export interface Reviews extends AsyncDisposable {
  readonly url: string;
  /** Of the requests so far. */
  readonly headers: readonly IncomingHttpHeaders[];
}

/** That service, with a review for every product and a note for every order. */
export const startReviews = async (): Promise<Reviews> => {
  const headers: IncomingHttpHeaders[] = [];
  const schema = buildSubgraphSchema([{ typeDefs: parse(REVIEWS_SDL), resolvers: RESOLVERS }]);
  const yoga = createYoga({ schema, logging: false });
  const server = createServer((request, response) => {
    headers.push(request.headers);
    void yoga(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    headers,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
};
