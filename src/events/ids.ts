import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_LENGTH = 16;
const TIME_LENGTH = 10;
const POOL_BYTES = 4_096;

export const ID_PREFIXES = {
  Cart: 'cart_',
  Order: 'order_',
  Product: 'prod_',
  Event: 'event_',
  Payment: 'pay_',
  DeadLetter: 'dead_',
  Visit: 'visit_',
  WebhookEndpoint: 'hook_',
  UpkeepRun: 'run_',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

declare const idKind: unique symbol;

/** An id of this kind: {@link newId} made it, or {@link parseId} has read it. */
export type IdOf<K extends IdKind> = string & { readonly [idKind]: K };
export type CartId = IdOf<'Cart'>;
export type OrderId = IdOf<'Order'>;
export type ProductId = IdOf<'Product'>;
export type DeadLetterId = IdOf<'DeadLetter'>;
export type VisitId = IdOf<'Visit'>;

let pool = Buffer.alloc(0);
let used = 0;

const randomByte = (): number => {
  if (used >= pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  return pool[used++] ?? 0;
};

const timePart = (nowMs: number): string => {
  let rest = nowMs;
  let digits = '';
  for (let index = 0; index < TIME_LENGTH; index += 1) {
    digits = ALPHABET.charAt(rest % 32) + digits;
    rest = Math.floor(rest / 32);
  }
  return digits;
};

/**
 * A new id: the kind's prefix and a ULID in lower case (48 bits of time, 80 random bits: unguessable, and kind to
 * indexes because later ids sort later). Source: github.com/ulid/spec.
 */
export const newId = <K extends IdKind>(kind: K): IdOf<K> => {
  let random = '';
  for (let index = 0; index < RANDOM_LENGTH; index += 1) random += ALPHABET.charAt(randomByte() & 31);
  return (ID_PREFIXES[kind] + timePart(Date.now()) + random) as IdOf<K>;
};

const MAX_IDENTIFIER = 100;
const IDENTIFIER = new RegExp(`^[\\w.:-]{1,${MAX_IDENTIFIER}}$`);

/** Whether the text has the form of an id of this kind. Ids that other services chose are taken too. */
export const isId = <K extends IdKind>(kind: K, value: string): value is IdOf<K> => {
  const prefix = ID_PREFIXES[kind];
  return value.length > prefix.length && value.startsWith(prefix) && IDENTIFIER.test(value);
};

/** The form of an id of this kind, as a regular expression that a client can use. */
export const idPattern = (kind: IdKind): string => {
  const prefix = ID_PREFIXES[kind];
  return `^${prefix}[A-Za-z0-9_.:-]{1,${MAX_IDENTIFIER - prefix.length}}$`;
};

/** The id that the text is, or null when it cannot be one of this kind. */
export const parseId = <K extends IdKind>(kind: K, value: string): IdOf<K> | null => (isId(kind, value) ? value : null);

const KINDS = Object.keys(ID_PREFIXES) as readonly IdKind[];

/** The kind that an id's prefix names, or null. */
export const kindOf = (id: string): IdKind | null => KINDS.find((kind) => isId(kind, id)) ?? null;
