import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { decodeExport, encodeAnswer } from '../../tracing/sink/messages.ts';
import { answerWith } from '../stage/answer.ts';

export type OtlpSinkQuestion = { readonly type: 'url' } | { readonly type: 'count' };

/** What came so far. Spans are those of the batches that were looked into, and no more. */
export interface Sent {
  readonly requests: number;
  readonly bytes: number;
  readonly lookedInto: { readonly bytes: number; readonly spans: number };
}

/** It takes time from the same processors as panier: it looks into one batch of so many. */
const LOOKED_INTO = 50;
const TAKEN = encodeAnswer(null);

let sent: Sent = { requests: 0, bytes: 0, lookedInto: { bytes: 0, spans: 0 } };

const spansIn = (body: Uint8Array): number =>
  (decodeExport(body).resourceSpans ?? [])
    .flatMap(({ scopeSpans }) => scopeSpans ?? [])
    .reduce((sum, { spans }) => sum + (spans?.length ?? 0), 0);

const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await buffer(request);
  response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(TAKEN);
  const { requests, bytes, lookedInto } = sent;
  const isLookedInto = requests % LOOKED_INTO === 0;
  sent = {
    requests: requests + 1,
    bytes: bytes + body.length,
    lookedInto: isLookedInto
      ? { bytes: lookedInto.bytes + body.length, spans: lookedInto.spans + spansIn(body) }
      : lookedInto,
  };
};

const server = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

answerWith(async ({ type }: OtlpSinkQuestion) => (type === 'url' ? url : sent));
