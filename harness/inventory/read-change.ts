import type { IncomingMessage } from 'node:http';
import type { Change } from './records.ts';
import { problem, type Reply } from './reply.ts';

/** The most of one product, as panier counts it. */
const MAX_QUANTITY = 1_000_000_000;
const MAX_BODY_BYTES = 1_024;
const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/** Stops a request before it changes anything. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(reply.body);
    this.reply = reply;
  }
}

export const malformed = (detail: string): Refused =>
  new Refused(problem({ status: 400, title: 'Malformed request', detail }));

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      const detail = `A body has at most ${MAX_BODY_BYTES} bytes.`;
      throw new Refused(problem({ status: 413, title: 'Too large', detail, headers: { connection: 'close' } }));
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not JSON.');
  }
};

const quantityIn = (body: unknown): number => {
  const quantity = typeof body === 'object' && body !== null && 'quantity' in body ? body.quantity : undefined;
  const isWhole = typeof quantity === 'number' && Number.isInteger(quantity);
  if (isWhole && quantity >= 1 && quantity <= MAX_QUANTITY) return quantity;
  throw malformed(`"quantity" is a whole number from 1 to ${MAX_QUANTITY}.`);
};

const keyIn = ({ headersDistinct }: IncomingMessage): string | null => {
  const keys = headersDistinct['idempotency-key'] ?? [];
  const [key = null] = keys;
  if (key === null || (keys.length === 1 && VISIBLE_ASCII.test(key))) return key;
  throw malformed('An Idempotency-Key has 1 to 255 visible ASCII characters, and there is one of it.');
};

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;|$)/i.test((contentType ?? '').trim());

/** What the request asks to be changed. @throws {Refused} */
export const readChange = async (
  request: IncomingMessage,
  about: Pick<Change, 'productId' | 'direction'>,
): Promise<Change> => {
  if (!isJson(request.headers['content-type'])) {
    const detail = 'Send the body as application/json.';
    throw new Refused(problem({ status: 415, title: 'Unsupported media type', detail }));
  }
  const key = keyIn(request);
  const quantity = quantityIn(parse(await readBody(request)));
  return { ...about, quantity, key };
};
