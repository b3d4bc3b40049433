import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as openSocket, type Client as Socket } from 'graphql-ws';
import { Connection } from './connection.ts';
import { resuming } from './resuming.ts';

/** What a page asks panier with. */
export interface PanierClient {
  readonly urql: Client;
  readonly connection: Connection;
  /** Ends its WebSocket. */
  readonly close: () => void;
}

const PATH = '/graphql';
const JSON_ALONE = 'application/graphql-response+json, application/json';
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** Asked at each request and at each connection; null: the page's own cookie says who asks. */
export type TokenOf = () => Promise<string | null>;

const bearer = (token: string | null): Readonly<Record<string, string>> =>
  token === null ? {} : { authorization: `Bearer ${token}` };

const openSocketOf = (tokenOf: TokenOf, connection: Connection): Socket =>
  openSocket({
    url: `${location.origin.replace(/^http/, 'ws')}${PATH}`,
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    // All pages that one gateway left behind would come back at one time.
    retryWait: (attempt) =>
      connection.waited(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2)),
    // A mistake of the page's own would be made again at once, and for ever.
    shouldRetry: (reason) => !(reason instanceof Error),
    connectionParams: async () => bearer(await tokenOf()),
    on: connection.listeners,
  });

const subscribing = (socket: Socket) =>
  subscriptionExchange({
    forwardSubscription: (request) => ({
      subscribe: (sink) => {
        const { payload, note } = resuming(request);
        const unsubscribe = socket.subscribe(payload, {
          next: (result) => {
            note(result.data);
            sink.next(result as Parameters<typeof sink.next>[0]);
          },
          error: (error) => sink.error(error),
          complete: () => sink.complete(),
        });
        return { unsubscribe };
      },
    }),
  });

/** Nothing is cached: what a page shows stays true by subscriptions, and what it opens is asked anew. */
export const openClient = (tokenOf: TokenOf): PanierClient => {
  const connection = new Connection();
  const socket = openSocketOf(tokenOf, connection);
  const urql = new Client({
    url: PATH,
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetch: async (input, init) => {
      const headers = { 'content-type': 'application/json', accept: JSON_ALONE, ...bearer(await tokenOf()) };
      return fetch(input, { ...init, headers });
    },
    exchanges: [subscribing(socket), fetchExchange],
  });
  return { urql, connection, close: () => void socket.dispose() };
};
