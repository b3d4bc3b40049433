import type { IncomingHttpHeaders } from 'node:http';
import { BOUNDS } from '../commands/index.ts';
import { type ProductId, parseId, shownText } from '../events/index.ts';
import type { Refusal } from '../http/index.ts';
import { err, ok, type Result } from '../platform/index.ts';
import { refusal } from './refusals.ts';

type Read<T> = Result<T, Refusal>;

const unreadable = (message: string): Read<never> => err(refusal('BAD_USER_INPUT', message));

const decoded = (encoded: string): string | null => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
};

/** The product that a path names. What cannot be an id is that of no product. */
export const readProductId = (encoded: string): Read<ProductId> => {
  const id = decoded(encoded);
  if (id === null) return unreadable('The path has a "%" that is not followed by two hexadecimal digits of UTF-8.');
  const productId = parseId('Product', id);
  return productId === null
    ? err(refusal('NOT_FOUND', `There is no product ${shownText(id)}: ids are such as prod_1.`))
    : ok(productId);
};

const { max: MAX_KEY } = BOUNDS.key;
/** What an Idempotency-Key may be. Two headers arrive as one with a comma and a space, and so are none. */
export const KEY_PATTERN = `^[!-~]{1,${MAX_KEY}}$`;
const KEY = new RegExp(KEY_PATTERN);

/** The header's value; null without one. */
export const readKey = ({ 'idempotency-key': key }: IncomingHttpHeaders): Read<string | null> => {
  if (key === undefined) return ok(null);
  if (typeof key === 'string' && KEY.test(key)) return ok(key);
  return unreadable(`Idempotency-Key has 1 to ${MAX_KEY} visible characters of ASCII, and comes once.`);
};

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const SEND = 'send {"quantity": n}.';

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

/** What the body says is the quantity, which is still to be checked: any value. */
export const readQuantity = (
  { 'content-type': type = '' }: IncomingHttpHeaders,
  body: Buffer | null,
): Read<unknown> => {
  if (!JSON_TYPE.test(type)) {
    return err(refusal('UNSUPPORTED_MEDIA_TYPE', 'Send JSON, with content-type: application/json.'));
  }
  const sent = body === null ? undefined : parsed(body);
  if (sent === undefined) return unreadable(`The body is no JSON: ${SEND}`);
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return unreadable(`The body is no JSON object: ${SEND}`);
  const { quantity, ...others } = sent as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(others);
  // It may have been meant to change what is asked for.
  if (unknown !== undefined) return unreadable(`The body has "${shownText(unknown)}", which is not known: ${SEND}`);
  return quantity === undefined ? unreadable(`The body has no quantity: ${SEND}`) : ok(quantity);
};
