import { createClient } from 'graphql-ws';
import { eventsIn } from '../../fuzz/lanes/event-stream.ts';
import type { Variables } from '../operation.ts';
import type { LaneName } from '../table.ts';

/** What panier answers first, whatever the lane. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

export interface Asked {
  /** Where panier listens, without a path. */
  readonly url: string;
  /** Null: nobody asks. */
  readonly token: string | null;
  readonly document: string;
  readonly variables: Variables;
}

/** What one field was answered with. @throws {Error} when it was refused */
export const valueIn = ({ data, errors }: Answer, field: string): object => {
  const value = data?.[field];
  if (typeof value !== 'object' || value === null) throw new Error(`${field}: ${JSON.stringify({ data, errors })}`);
  return value;
};

const PATIENCE_MS = 20_000;

const signIn = (token: string | null): Readonly<Record<string, string>> =>
  token === null ? {} : { authorization: `Bearer ${token}` };

const post = ({ url, token, document, variables }: Asked, accept: string): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...signIn(token) },
    body: JSON.stringify({ query: document, variables }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

const byHttp = async (asked: Asked): Promise<Answer> =>
  (await (await post(asked, 'application/graphql-response+json')).json()) as Answer;

/** The first event of the stream, which is left then. */
const byEventStream = async (asked: Asked): Promise<Answer> => {
  const response = await post(asked, 'text/event-stream');
  const decoder = new TextDecoder();
  let received = '';
  for await (const chunk of response.body ?? []) {
    received += decoder.decode(chunk, { stream: true });
    const [first] = eventsIn(received);
    if (first !== undefined) return JSON.parse(first) as Answer;
  }
  throw new Error(`The stream ended without an answer: ${response.status} ${received}`);
};

/** The first message, on a socket of its own. */
const byWebSocket = async ({ url, token, document, variables }: Asked): Promise<Answer> => {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: signIn(token),
    retryAttempts: 0,
  });
  try {
    for await (const answer of client.iterate({ query: document, variables })) return answer as Answer;
    throw new Error('The operation ended without an answer.');
  } catch (error) {
    // An operation that may not start is told so by a message of errors alone.
    if (Array.isArray(error)) return { errors: error as NonNullable<Answer['errors']> };
    throw error;
  } finally {
    await client.dispose();
  }
};

/** Asks, and answers with what comes first. */
export const LANE: Readonly<Record<LaneName, (asked: Asked) => Promise<Answer>>> = {
  HTTP: byHttp,
  'event stream': byEventStream,
  WebSocket: byWebSocket,
};
