import { createClient } from 'graphql-sse';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { type Client, dataOfEach, WatchOrderDocument, type WatchOrderSubscription } from '../../src/cli/client.ts';
import { orderOf } from './shop.ts';

type Update = WatchOrderSubscription['orderStatus'];
type Step = NonNullable<Update['step']>;

/** Where a transport finds panier. */
export interface Watched {
  readonly url: string;
  readonly client: Client;
}

/** The updates of an order to its end, or the first `atMost` of them. */
interface Watch {
  readonly orderId: string;
  readonly after?: string;
  readonly atMost?: number;
}

const updatesOf = async (
  answers: AsyncGenerator<WatchOrderSubscription, void>,
  atMost = Infinity,
): Promise<readonly Update[]> => {
  const updates: Update[] = [];
  for await (const { orderStatus } of answers) {
    updates.push(orderStatus);
    if (updates.length >= atMost) break;
  }
  return updates;
};

const overWebSocket = ({ client }: Watched, { orderId, after, atMost }: Watch) =>
  updatesOf(client.watch(WatchOrderDocument, { id: orderId, after }), atMost);

const overServerSentEvents = async ({ url }: Watched, { orderId, after, atMost }: Watch) => {
  const client = createClient({ url: `${url}/graphql`, headers: AS_OPERATOR, retryAttempts: 0 });
  const variables = { id: orderId, after };
  const answers = client.iterate<WatchOrderSubscription>({ query: WatchOrderDocument.toString(), variables });
  try {
    return await updatesOf(dataOfEach(answers), atMost);
  } finally {
    client.dispose();
  }
};

/** The two ways in which subscriptions come. */
export const SUBSCRIPTIONS = { WebSocket: overWebSocket, SSE: overServerSentEvents } as const;

const FINAL: readonly Step['status'][] = ['CONFIRMED', 'REJECTED', 'CANCELLED'];

/** Asks again and again; answers with every number of steps that it saw, and the order at its end. */
const pollToEnd = async ({ client }: Watched, orderId: string) => {
  const revisions: number[] = [];
  const order = await eventually(async () => {
    const found = await orderOf(client, orderId);
    if (revisions.at(-1) !== found.revision) revisions.push(found.revision);
    if (!FINAL.includes(found.status)) throw new Error(`${orderId} is still ${found.status}`);
    return found;
  });
  return { revisions, order };
};

/** Watches an order over HTTP, SSE and WebSocket at the same time. */
export const watchEverywhere = async (watched: Watched, orderId: string) => {
  const [polled, ...subscribed] = await Promise.all([
    pollToEnd(watched, orderId),
    ...Object.values(SUBSCRIPTIONS).map((subscribe) => subscribe(watched, { orderId })),
  ]);
  return { polled, subscribed };
};
