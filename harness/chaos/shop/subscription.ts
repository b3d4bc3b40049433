import { WebSocket } from 'ws';
import { signedInAs } from '../../support/tokens.ts';

const HANDSHAKE_MS = 5_000;
/** A connection on which nothing came for so long, not even a ping, is given up: it may be half open. */
const STALL_MS = 15_000;

/** What a server says of a subscription. Source: the graphql-transport-ws protocol. */
export interface Message<Data> {
  readonly type: 'next' | 'error' | 'complete' | 'connection_ack' | 'ping';
  readonly payload?: {
    readonly data?: Data | null;
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
}

export interface SubscriptionOptions<Data> {
  readonly url: string;
  readonly customerId: string | null;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** Leaving is abrupt: what was under way is not received any more. */
  readonly receive: (message: Message<Data>) => 'Stay' | 'Leave';
}

interface Listening<Data> extends SubscriptionOptions<Data> {
  /** What `connection_init` says. */
  readonly signIn: object;
  readonly onMessage: () => void;
}

const listen = <Data>(socket: WebSocket, options: Listening<Data>): void => {
  const { signIn, query, variables, receive, onMessage } = options;
  const say = (message: object): void => socket.send(JSON.stringify(message));
  socket.on('open', () => say({ type: 'connection_init', payload: signIn }));
  socket.on('message', (raw: Buffer) => {
    onMessage();
    if (socket.readyState !== WebSocket.OPEN) return;
    const message = JSON.parse(raw.toString()) as Message<Data>;
    if (message.type === 'connection_ack') say({ type: 'subscribe', id: '1', payload: { query, variables } });
    else if (message.type === 'ping') say({ type: 'pong' });
    else if (receive(message) === 'Leave') socket.terminate();
  });
};

/** One connection with one subscription; resolves when it has ended, whoever ended it. */
export const subscribe = async <Data>(options: SubscriptionOptions<Data>): Promise<void> => {
  const { url, signal, customerId } = options;
  const signIn = await signedInAs(customerId);
  const socket = new WebSocket(url.replace('http:', 'ws:'), 'graphql-transport-ws', { handshakeTimeout: HANDSHAKE_MS });
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const drop = (): void => socket.terminate();
  const stall = setTimeout(drop, STALL_MS);
  signal.addEventListener('abort', drop);
  socket.on('error', () => {});
  socket.on('close', () => resolve());
  // Whoever gave up on silence alone would resume, and never learn that an update was not told.
  socket.on('ping', () => void stall.refresh());
  listen(socket, { ...options, signIn, onMessage: () => void stall.refresh() });
  await closed;
  clearTimeout(stall);
  signal.removeEventListener('abort', drop);
};
