import { Agent, type Dispatcher } from 'undici';
import { signedInAs } from '../../support/tokens.ts';
import type { Operation } from '../operation/operation.ts';
import { jsonOf, object } from '../value.ts';
import { eventsIn } from './event-stream.ts';
import { type Exchange, MAX_UPDATES, PATIENCE_MS, payloadOf, READING_MS } from './exchange.ts';

/** Node.js refuses longer heads by itself, before panier hears of them. */
const MAX_PATH = 12_000;

const pathOf = ({ text, operationName, variables }: Operation): string => {
  const parameters = new URLSearchParams({ query: text });
  if (operationName !== null) parameters.set('operationName', operationName);
  if (variables.length > 0) parameters.set('variables', jsonOf(object(variables)));
  return `/graphql?${parameters}`;
};

const ACCEPT = {
  post: 'application/json',
  get: 'application/graphql-response+json',
  sse: 'text/event-stream',
} as const;

type HttpLane = keyof typeof ACCEPT;

const optionsOf = async (operation: Operation, lane: HttpLane): Promise<Dispatcher.RequestOptions> => {
  const path = lane === 'get' ? pathOf(operation) : null;
  const isGet = path !== null && path.length <= MAX_PATH;
  const headers = {
    accept: ACCEPT[lane],
    ...(!isGet && { 'content-type': 'application/json' }),
    // The token of a name that may not be one is one more thing to be refused.
    ...(await signedInAs(operation.viewer)),
  };
  if (isGet) return { method: 'GET', path, headers };
  return { method: 'POST', path: '/graphql', headers, body: payloadOf(operation) };
};

interface Reading {
  readonly texts: string[];
  isCancelled: boolean;
}

/** Reads a stream for a while, then leaves it. */
const readStream = async (body: Dispatcher.ResponseData['body'], reading: Reading): Promise<void> => {
  let received = '';
  const leave = (): void => {
    reading.isCancelled = true;
    body.destroy();
  };
  const timer = setTimeout(leave, READING_MS);
  try {
    for await (const chunk of body) {
      received += String(chunk);
      reading.texts.splice(0, reading.texts.length, ...eventsIn(received));
      if (reading.texts.length >= MAX_UPDATES) leave();
    }
  } catch (error) {
    if (!reading.isCancelled) throw error;
  } finally {
    clearTimeout(timer);
  }
};

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** The ways of plain HTTP, and of server-sent events. */
export class HttpLanes implements AsyncDisposable {
  readonly #agent = new Agent({ connections: 32, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
  readonly #origin: string;

  constructor(url: string) {
    this.#origin = new URL(url).origin;
  }

  async send(operation: Operation, lane: HttpLane): Promise<Exchange> {
    const startedAt = performance.now();
    const reading: Reading = { texts: [], isCancelled: false };
    const exchange = { status: null, answers: reading.texts, closed: null, ms: 0, isCancelled: false };
    try {
      const request = { ...(await optionsOf(operation, lane)), origin: this.#origin };
      const { statusCode: status, headers, body } = await this.#agent.request(request);
      const ms = performance.now() - startedAt;
      const isStream = String(headers['content-type']).startsWith('text/event-stream');
      if (isStream) await readStream(body, reading);
      else reading.texts.push(await body.text());
      return { ...exchange, status, ms, isCancelled: reading.isCancelled };
    } catch (error) {
      return { ...exchange, closed: reasonOf(error), ms: performance.now() - startedAt };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }
}
