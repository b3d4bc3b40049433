import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as openSocket, type Client as Socket, TerminatedCloseEvent } from 'graphql-ws';
import { Connection } from './connection.ts';
import { endHalfOpen } from './half-open.ts';
import { resuming } from './resuming.ts';
import { codeOf, retrying } from './retrying.ts';

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

/** Told of a token that panier does not take, or no more. What is asked after it has settled goes with another one. */
export type RefusedToken = (token: string) => Promise<void>;

export interface Credentials {
  readonly tokenOf: TokenOf;
  readonly refused?: RefusedToken;
  /** Told when panier may take whoever asks for somebody else than before: by a token or a cookie that is over. */
  readonly doubted?: () => void;
}

const bearer = (token: string | null): Readonly<Record<string, string>> =>
  token === null ? {} : { authorization: `Bearer ${token}` };

/** Of a WebSocket that was closed: its token is not taken. */
const FORBIDDEN = 4403;
const UNAUTHORIZED = 401;
/** Codes of the API: it does not know who asks, or does not let them. */
const RIGHTS = new Set<unknown>(['UNAUTHENTICATED', 'FORBIDDEN']);

const openSocketOf = ({ tokenOf, refused, doubted }: Credentials, connection: Connection): Socket => {
  let shown: string | null = null;
  const closed = (event: unknown): void => {
    connection.listeners.closed?.(event);
    if (!(event instanceof CloseEvent) || event.code !== FORBIDDEN) return;
    doubted?.();
    if (shown !== null) void refused?.(shown);
  };
  const socket = openSocket({
    url: `${location.origin.replace(/^http/, 'ws')}${PATH}`,
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    // All pages that one gateway left behind would come back at one time.
    retryWait: (attempt) =>
      connection.waited(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2)),
    // A mistake of the page's own would be made again at once, and for ever. That a connection was ended here is none.
    shouldRetry: (reason) => !(reason instanceof Error) || reason instanceof TerminatedCloseEvent,
    connectionParams: async () => {
      shown = await tokenOf();
      return bearer(shown);
    },
    on: { ...connection.listeners, closed },
  });
  endHalfOpen(socket);
  return socket;
};

/** Longer than panier takes for anything; one that is never answered would keep whatever asks again and again from asking. */
const ANSWERED_WITHIN_MS = 30_000;

/** Whoever asked may want it no more before that. */
const within = (ms: number, signal: AbortSignal | null | undefined): AbortSignal =>
  AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])]);

/** A request whose token is refused is made once more, with the one that takes its place. Rejects when it is not answered in time. */
export const asking =
  ({ tokenOf, refused, doubted }: Credentials, withinMs = ANSWERED_WITHIN_MS): typeof fetch =>
  async (input, init) => {
    const ask = (token: string | null) =>
      fetch(input, {
        ...init,
        signal: within(withinMs, init?.signal),
        headers: { 'content-type': 'application/json', accept: JSON_ALONE, ...bearer(token) },
      });
    const token = await tokenOf();
    const answer = await ask(token);
    if (answer.status !== UNAUTHORIZED || token === null) return answer;
    doubted?.();
    await refused?.(token);
    const next = await tokenOf();
    return next === token ? answer : ask(next);
  };

const isOfRights = (error: unknown): boolean =>
  Array.isArray(error) && error.some((each: unknown) => RIGHTS.has(codeOf(each)));

/** Subscriptions of urql's, over graphql-ws. `doubted`: told when one ends for want of rights. */
export const subscribing = (socket: Pick<Socket, 'subscribe'>, doubted?: () => void) =>
  subscriptionExchange({
    forwardSubscription: (request) => ({
      subscribe: (sink) => {
        const { payload, note } = resuming(request);
        let hasCome = false;
        const unsubscribe = retrying((told) => socket.subscribe(payload, told), {
          next: (result) => {
            hasCome = true;
            note(result.data);
            sink.next(result as Parameters<typeof sink.next>[0]);
          },
          error: (error) => {
            if (isOfRights(error)) doubted?.();
            sink.error(error);
          },
          complete: () => {
            // Of an end before which nothing came urql would tell nobody.
            if (!hasCome) sink.next({ data: null, hasNext: false });
            sink.complete();
          },
        });
        return { unsubscribe };
      },
    }),
  });

/** Nothing is cached: what a page shows stays true by subscriptions, and what it opens is asked anew. */
export const openClient = (credentials: Credentials): PanierClient => {
  const connection = new Connection();
  const socket = openSocketOf(credentials, connection);
  const urql = new Client({
    url: PATH,
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetch: asking(credentials),
    exchanges: [subscribing(socket, credentials.doubted), fetchExchange],
  });
  return { urql, connection, close: () => void socket.dispose() };
};
