import {
  areWellFormedLines,
  fitsInto,
  type IdKind,
  type IdOf,
  ISO_4217_PUBLISHED,
  isCurrency,
  isCustomerId,
  isVisibleText,
  isWellFormedText,
  parseId,
  shownText,
} from '../events/index.ts';
import { err, ok, type Result } from '../platform/index.ts';
import { BOUNDS } from './bounds.ts';

/** One argument of a command: what may be handed in, and what is read of it. An error says what would do. */
export interface Field<Raw, Value> {
  /** Never there: what callers hand in, for the compiler. Whatever comes is read as unknown. */
  readonly takes?: Raw;
  readonly read: (raw: unknown, name: string) => Result<Value, string>;
}

interface Bound {
  readonly min: number;
  readonly max: number;
}

/** What was handed in, for a message. */
export const said = (raw: unknown): string => {
  if (typeof raw === 'string') return raw === '' ? 'an empty text' : shownText(raw);
  if (typeof raw === 'number' || raw === null) return String(raw);
  return typeof raw === 'object' ? 'an object or a list' : `a ${typeof raw}`;
};

const textual = ({ min, max }: Bound, isWellFormed: (value: string) => boolean): Field<string, string> => ({
  read: (raw, name) => {
    if (typeof raw !== 'string' || !fitsInto(raw, max) || raw.length < min) {
      return err(`${name} has ${min} to ${max} characters.`);
    }
    if (isWellFormed(raw)) return ok(raw);
    return err(`${name} has a control character, such as NUL, or half of a surrogate pair: it is no text.`);
  },
});

const trimmed = (raw: unknown): unknown => (typeof raw === 'string' ? raw.trim() : raw);

/** A text of one line, as it is. */
export const text = (bound: Bound): Field<string, string> => textual(bound, isWellFormedText);

/** A text of several lines, without spaces around it. */
export const lines = (bound: Bound): Field<string, string> => {
  const { read } = textual(bound, areWellFormedLines);
  return { read: (raw, field) => read(trimmed(raw), field) };
};

/** What names something for people: composed (NFC), without spaces around it, and to be seen. */
export const name = (bound: Bound): Field<string, string> => {
  const { read } = text(bound);
  return {
    read: (raw, field) => {
      const whole = read(trimmed(raw), field);
      if (!whole.ok) return whole;
      // Composed, a text may be longer: some characters are excluded from composition.
      const composed = read(whole.value.normalize('NFC'), field);
      if (!composed.ok || isVisibleText(composed.value)) return composed;
      return err(`${field} shows nothing: it needs a visible character.`);
    },
  };
};

export const id = <K extends IdKind>(kind: K): Field<string, IdOf<K>> => ({
  read: (raw, field) => {
    const parsed = typeof raw === 'string' ? parseId(kind, raw) : null;
    if (parsed !== null) return ok(parsed);
    const { word, example } = KINDS[kind];
    return err(`${field}: ${said(raw)} cannot be the id of a ${word}, such as ${example}.`);
  },
});

const KINDS: Readonly<Record<IdKind, { readonly word: string; readonly example: string }>> = {
  Cart: { word: 'cart', example: 'cart_1' },
  Order: { word: 'order', example: 'order_1' },
  Product: { word: 'product', example: 'prod_1' },
  Event: { word: 'event', example: 'event_1' },
  Payment: { word: 'payment', example: 'pay_1' },
  DeadLetter: { word: 'dead letter', example: 'dead_1' },
  Visit: { word: 'visit', example: 'visit_1' },
  WebhookEndpoint: { word: 'webhook endpoint', example: 'hook_1' },
};

const isWholeWithin = (raw: unknown, { min, max }: Bound): raw is number =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= min && raw <= max;

export const whole = (bound: Bound): Field<number, number> => ({
  read: (raw, field) => {
    if (isWholeWithin(raw, bound)) return ok(raw);
    const given = typeof raw === 'string' ? `the text "${said(raw)}"` : said(raw);
    return err(`${field} is a whole number from ${bound.min} to ${bound.max}, not ${given}.`);
  },
});

/** Whom a token can name; see {@link isCustomerId}. */
export const customerId: Field<string, string> = {
  read: (raw, field) => {
    if (typeof raw === 'string' && isCustomerId(raw)) return ok(raw);
    const { min, max } = BOUNDS.customerId;
    return err(
      `${field} has ${min} to ${max} visible characters of ASCII and no space: it has to be what a token can name.`,
    );
  },
};

export const currency: Field<string, string> = {
  read: (raw, field) => {
    if (typeof raw === 'string' && isCurrency(raw)) return ok(raw);
    return err(`${field}: ${said(raw)} is no currency of ISO 4217 (${ISO_4217_PUBLISHED}) with a minor unit.`);
  },
};

/** What may be left out: then it is null. */
export const optional = <Raw, Value>({ read }: Field<Raw, Value>): Field<Raw | null, Value | null> => ({
  read: (raw, field) => (raw === null || raw === undefined ? ok(null) : read(raw, field)),
});
