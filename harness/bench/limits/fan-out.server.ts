import { createServer } from 'node:http';
import { useServer } from 'graphql-ws/use/ws';
import { createSchema } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { answerWith } from '../stage/answer.ts';

const UPDATES = ['COMPENSATING', 'CANCELLED'] as const;

interface Question {
  readonly type: 'url' | 'publish';
}

let published = Promise.withResolvers<void>();

const updateOf = (status: string) => ({
  orderStatus: {
    cursor: `cursor_of_${status}`,
    order: { id: 'order_00000000000000000000000000', status },
    step: { status, event: { type: 'StockCompensated' } },
  },
});

/** The order as it is, then both updates when they are published: nothing is read from anywhere. */
async function* follow() {
  const { promise } = published;
  yield updateOf('AWAITING_PAYMENT');
  await promise;
  for (const status of UPDATES) yield updateOf(status);
}

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    type Event { type: String! }
    type Step { status: String!, event: Event! }
    type Order { id: ID!, status: String! }
    type Update { cursor: String!, order: Order!, step: Step }
    type Query { nothing: String }
    type Subscription { orderStatus(orderId: ID!): Update! }
  `,
  resolvers: { Subscription: { orderStatus: { subscribe: follow } } },
});

const server = createServer().listen(0, '127.0.0.1');
useServer({ schema }, new WebSocketServer({ server, path: '/graphql' }));

answerWith(async ({ type }: Question) => {
  const address = server.address();
  if (type === 'url')
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}/graphql`;
  published.resolve();
  published = Promise.withResolvers();
  return undefined;
});
