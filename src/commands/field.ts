import {
  type Allowed,
  areWellFormedLines,
  CURRENCIES,
  CUSTOMER_ID_ALLOWED,
  fitsInto,
  type IdKind,
  type IdOf,
  ISO_4217_PUBLISHED,
  idPattern,
  isCurrency,
  isCustomerId,
  isVisibleText,
  isWellFormedText,
  parseId,
  shownText,
} from '../events/index.ts';
import { ok, type Result } from '../platform/index.ts';
import { BOUNDS } from './bounds.ts';
import { type Misfit, misfit, type Path } from './misfit.ts';

/** One argument of a command: what may be handed in, and what is read of it. An error says what would do. */
export interface Field<Raw, Value> {
  /** Never there: what callers hand in, for the compiler. Whatever comes is read as unknown. */
  readonly takes?: Raw;
  readonly read: (raw: unknown, path: Path) => Result<Value, Misfit>;
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

/** Of a text of one line: no control character, and no half of a surrogate pair. */
const ONE_LINE = '^[^\\p{Cc}\\p{Cs}]*$';
/** The same, with tabs and line ends. */
const LINES = '^(?:[^\\p{Cc}\\p{Cs}]|[\\t\\n\\r])*$';

/** Before either of them. */
const NOT_BLANK = String.raw`(?=[\s\S]*\S)`;

interface TextRule extends Bound {
  readonly isWellFormed: (value: string) => boolean;
  readonly pattern: string;
}

const textual = ({ min, max, isWellFormed, pattern }: TextRule): Field<string, string> => {
  const allowed: Allowed = { type: 'string', minLength: min, maxLength: max, pattern };
  return {
    read: (raw, path) => {
      if (typeof raw !== 'string' || !fitsInto(raw, max) || raw.length < min)
        return misfit(path, ` has ${min} to ${max} characters.`, allowed);
      if (isWellFormed(raw)) return ok(raw);
      const why = ' has a control character, such as NUL, or half of a surrogate pair: it is no text.';
      return misfit(path, why, allowed);
    },
  };
};

const trimmed = (raw: unknown): unknown => (typeof raw === 'string' ? raw.trim() : raw);

/** A text of one line, as it is. */
export const text = (bound: Bound): Field<string, string> =>
  textual({ ...bound, isWellFormed: isWellFormedText, pattern: ONE_LINE });

/** A text of several lines, without spaces around it. */
export const lines = (bound: Bound): Field<string, string> => {
  const pattern = bound.min === 0 ? LINES : `${NOT_BLANK}${LINES}`;
  const { read } = textual({ ...bound, isWellFormed: areWellFormedLines, pattern });
  return { read: (raw, path) => read(trimmed(raw), path) };
};

/** What names something for people: composed (NFC), without spaces around it, and to be seen. */
export const name = (bound: Bound): Field<string, string> => {
  const { read } = textual({ ...bound, isWellFormed: isWellFormedText, pattern: `${NOT_BLANK}${ONE_LINE}` });
  return {
    read: (raw, path) => {
      const whole = read(trimmed(raw), path);
      if (!whole.ok) return whole;
      // Composed, a text may be longer: some characters are excluded from composition.
      const composed = read(whole.value.normalize('NFC'), path);
      if (!composed.ok || isVisibleText(composed.value)) return composed;
      return misfit(path, ' shows nothing: it needs a visible character.');
    },
  };
};

export const id = <K extends IdKind>(kind: K): Field<string, IdOf<K>> => ({
  read: (raw, path) => {
    const parsed = typeof raw === 'string' ? parseId(kind, raw) : null;
    if (parsed !== null) return ok(parsed);
    const { word, example } = KINDS[kind];
    const allowed: Allowed = { type: 'string', pattern: idPattern(kind) };
    return misfit(path, `: ${said(raw)} cannot be the id of a ${word}, such as ${example}.`, allowed);
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
  UpkeepRun: { word: 'run of upkeep', example: 'run_1' },
};

const isWholeWithin = (raw: unknown, { min, max }: Bound): raw is number =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= min && raw <= max;

export const whole = (bound: Bound): Field<number, number> => ({
  read: (raw, path) => {
    if (isWholeWithin(raw, bound)) return ok(raw);
    const given = typeof raw === 'string' ? `the text "${said(raw)}"` : said(raw);
    const { min: minimum, max: maximum } = bound;
    const why = ` is a whole number from ${minimum} to ${maximum}, not ${given}.`;
    return misfit(path, why, { type: 'integer', minimum, maximum });
  },
});

/** Yes or no. */
export const flag: Field<boolean, boolean> = {
  read: (raw, path) =>
    typeof raw === 'boolean' ? ok(raw) : misfit(path, ` is true or false, not ${said(raw)}.`, { type: 'boolean' }),
};

/** Whom a token can name; see {@link isCustomerId}. */
export const customerId: Field<string, string> = {
  read: (raw, path) => {
    if (typeof raw === 'string' && isCustomerId(raw)) return ok(raw);
    const { min, max } = BOUNDS.customerId;
    const why = ` has ${min} to ${max} visible characters of ASCII and no space: it has to be what a token can name.`;
    return misfit(path, why, CUSTOMER_ID_ALLOWED);
  },
};

export const currency: Field<string, string> = {
  read: (raw, path) => {
    if (typeof raw === 'string' && isCurrency(raw)) return ok(raw);
    const why = `: ${said(raw)} is no currency of ISO 4217 (${ISO_4217_PUBLISHED}) with a minor unit.`;
    return misfit(path, why, { enum: CURRENCIES });
  },
};

/** Of a field that came later, and may be left out: then it is undefined, so that a command from before keeps its hash. */
export const added = <Raw, Value>({ read }: Field<Raw, Value>): Field<Raw | null | undefined, Value | undefined> => ({
  read: (raw, field) => (raw === null || raw === undefined ? ok(undefined) : read(raw, field)),
});

/** What may be left out: then it is null. */
export const optional = <Raw, Value>({ read }: Field<Raw, Value>): Field<Raw | null, Value | null> => ({
  read: (raw, path) => (raw === null || raw === undefined ? ok(null) : read(raw, path)),
});
