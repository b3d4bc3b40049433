import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { decodeExport, type Export } from './messages.ts';

const MAX_BYTES = 64 * 1_024 * 1_024;

export type Encoding = 'protobuf' | 'json';

/** A request that the sink does not take; the message says why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** @throws {Refused} when it is neither protobuf nor JSON */
export const encodingOf = ({ headers }: IncomingMessage): Encoding => {
  const [type] = (headers['content-type'] ?? '').split(';');
  if (type === 'application/x-protobuf') return 'protobuf';
  if (type === 'application/json') return 'json';
  throw new Refused(415, `The content type is application/x-protobuf or application/json, not "${type}".`);
};

const inflated = (request: IncomingMessage): NodeJS.ReadableStream => {
  const coding = request.headers['content-encoding'] ?? 'identity';
  if (coding === 'identity') return request;
  if (coding === 'gzip') return request.pipe(createGunzip());
  throw new Refused(415, `The content is encoded by gzip or not at all, not by "${coding}".`);
};

const bounded = async function* (stream: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Refused(413, `A request has at most ${MAX_BYTES} bytes.`);
    yield Buffer.from(chunk);
  }
};

/** @throws {Refused} when it cannot be read */
export const readBody = async (request: IncomingMessage, encoding: Encoding): Promise<Export> => {
  const body = await buffer(bounded(inflated(request)));
  try {
    return encoding === 'protobuf' ? decodeExport(body) : (JSON.parse(body.toString('utf8')) as Export);
  } catch (error) {
    throw new Refused(400, `The body is no ExportTraceServiceRequest: ${String(error)}`, { cause: error });
  }
};
