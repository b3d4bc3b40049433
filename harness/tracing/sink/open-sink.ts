import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from '../../../src/platform/index.ts';
import { encodeAnswer, encodeStatus, type PartialSuccess } from './messages.ts';
import { type Encoding, encodingOf, Refused, readBody } from './read-body.ts';
import { type Intern, openIntern, readExport } from './read-export.ts';
import type { Span } from './span.ts';

/** How it takes what comes. */
export type Mood =
  | { readonly type: 'Well' }
  /** Takes it, and says so late. */
  | { readonly type: 'Slow'; readonly ms: number }
  /** Takes nothing, and asks to come again. */
  | { readonly type: 'Overloaded' }
  /** Ends every connection. */
  | { readonly type: 'Away' };

export interface SinkOptions {
  /** Takes a span, unless there is no room for it. */
  readonly take: (span: Span) => boolean;
  /** Whether what is taken is kept for long, so that equal texts ought to be one. */
  readonly keeps: boolean;
}

/** A receiver of traces on the loopback interface. Source: the OTLP specification, OTLP/HTTP. */
export interface Sink extends AsyncDisposable {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  readonly be: (mood: Mood) => void;
  /** Requests that were taken. */
  readonly requests: () => number;
  /** Why spans or requests were refused: at most so many reasons as fit a report. */
  readonly complaints: readonly string[];
}

const PATH = '/v1/traces';
const MAX_COMPLAINTS = 20;
const TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' } as const satisfies Record<
  Encoding,
  string
>;
const WELL: Mood = { type: 'Well' };

const expect = ({ method, url }: IncomingMessage): void => {
  if (url !== PATH) throw new Refused(404, `Traces are taken at ${PATH}, not at ${url}.`);
  if (method !== 'POST') throw new Refused(405, `Traces come by POST, not by ${method}.`);
};

const bodyOf = (encoding: Encoding, partialSuccess: PartialSuccess | null): Uint8Array | string =>
  encoding === 'protobuf'
    ? encodeAnswer(partialSuccess)
    : JSON.stringify(partialSuccess === null ? {} : { partialSuccess });

const refuse = (response: ServerResponse, encoding: Encoding, { status, message }: Refused): void => {
  const body = encoding === 'protobuf' ? encodeStatus(message) : JSON.stringify({ message });
  response.writeHead(status, { 'content-type': TYPES[encoding], connection: 'close' }).end(body);
};

class Desk {
  readonly complaints: string[] = [];
  requests = 0;
  mood: Mood = WELL;
  readonly #options: SinkOptions;
  readonly #intern: Intern;

  constructor(options: SinkOptions) {
    this.#options = options;
    this.#intern = options.keeps ? openIntern() : (text) => text;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.mood.type === 'Away') return void request.socket.destroy();
    let encoding: Encoding = 'json';
    try {
      encoding = encodingOf(request);
      expect(request);
      if (this.mood.type === 'Overloaded') throw new Refused(503, 'Come again.');
      const answer = await this.#take(request, encoding);
      if (this.mood.type === 'Slow') await sleep(this.mood.ms);
      response.writeHead(200, { 'content-type': TYPES[encoding] }).end(bodyOf(encoding, answer));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 503) this.#complain(error.message);
      refuse(response, encoding, error);
    }
  }

  async #take(request: IncomingMessage, encoding: Encoding): Promise<PartialSuccess | null> {
    const whys: string[] = [];
    for (const read of readExport(await readBody(request, encoding), this.#intern)) {
      if (read.type === 'Invalid') whys.push(read.why);
      else if (!this.#options.take(read.span)) whys.push('there is no room for more spans');
    }
    this.requests += 1;
    const [errorMessage] = whys;
    if (errorMessage === undefined) return null;
    this.#complain(errorMessage);
    return { rejectedSpans: whys.length, errorMessage };
  }

  #complain(why: string): void {
    if (this.complaints.length < MAX_COMPLAINTS) this.complaints.push(why);
  }
}

export const openSink = async (options: SinkOptions): Promise<Sink> => {
  const desk = new Desk(options);
  const server = createServer((request, response) => {
    desk.serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    be: (mood) => {
      desk.mood = mood;
      if (mood.type === 'Away') server.closeAllConnections();
    },
    requests: () => desk.requests,
    complaints: desk.complaints,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
