import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerWith } from '../stage/answer.ts';

/** What the sink is asked. */
export type SinkQuestion = { readonly type: 'url' } | { readonly type: 'reset' } | { readonly type: 'count' };

/** What it got since it was reset, with some of the messages. */
export interface Counted {
  readonly count: number;
  /** When the first and the last came, in milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly samples: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[];
}

const SAMPLED = 500;
const NONE: Counted = { count: 0, firstMs: 0, lastMs: 0, samples: [] };

let counted = NONE;

const headersOf = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await text(request);
  response.writeHead(204).end();
  const nowMs = performance.now();
  const { count, firstMs, samples } = counted;
  const sampled = count % SAMPLED === 0 ? [...samples, { headers: headersOf(request.headers), body }] : samples;
  counted = { count: count + 1, firstMs: count === 0 ? nowMs : firstMs, lastMs: nowMs, samples: sampled };
};

const server = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;

answerWith(async ({ type }: SinkQuestion) => {
  if (type === 'url') return url;
  if (type === 'reset') counted = NONE;
  return counted;
});
