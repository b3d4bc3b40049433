import type { Path } from '../commands/index.ts';
import type { Allowed } from '../events/index.ts';

const START = /^Variable "\$(\w+)" got invalid value /;
/** Behind the value that did not fit, graphql-js says why, and the scalars of `scalars/` do. */
const WHY = /^(?:Field "|Value "|Enum "|Expected |\w+ cannot represent |A (?:DateTime|Decimal) is )/;
const PLACE = / at "([\w.[\]]+)"$/;
/** A scalar repeats the value. */
const REPEATED = /(?<=^\w+ cannot represent [^:]*): .*$/s;
/** Of an object, the field that is missing, or is one too many. */
const FIELD = /^Field "(\w+)" (?:of required type|is not defined) /;
const MISSING = /^Variable "\$(\w+)" of (?:required|non-null) type /;
const SCALAR = /^(\w+) cannot represent /;

const SEPARATOR = '; ';

// No object: a client's text can stand where the name is looked for, and `__proto__` would be found.
const SCALARS: ReadonlyMap<string, Allowed> = new Map([
  ['Int', { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }],
  ['String', { type: 'string' }],
  ['ID', { type: 'string' }],
  ['Boolean', { type: 'boolean' }],
]);

/** A variable that does not fit its type. */
export interface VariableProblem {
  readonly message: string;
  /** The variable's name, and where in its value. */
  readonly path: Path;
  readonly allowed?: Allowed;
}

const whyAt = (message: string): number => {
  let at = message.lastIndexOf(SEPARATOR);
  while (at > 0 && !WHY.test(message.slice(at + SEPARATOR.length))) at = message.lastIndexOf(SEPARATOR, at - 1);
  return at;
};

/** `input.items[3].quantity` */
const partsOf = (place: string): Path => place.split(/[.[\]]+/).filter((part) => part !== '');

const allowedBy = (why: string): Pick<VariableProblem, 'allowed'> => {
  const allowed = SCALARS.get(SCALAR.exec(why)?.[1] ?? '');
  return allowed === undefined ? {} : { allowed };
};

const misfitting = (message: string, variable: string, at: number): VariableProblem => {
  const [said = '', place = variable] = PLACE.exec(message.slice(0, at)) ?? [];
  const why = message.slice(at + SEPARATOR.length).replace(REPEATED, '.');
  const field = FIELD.exec(why)?.[1];
  const path = [...partsOf(place), ...(field === undefined ? [] : [field])];
  return { message: `Variable "$${variable}" does not fit its type${said}: ${why}`, path, ...allowedBy(why) };
};

/**
 * What graphql-js says of a variable that does not fit its type, without the value: of an object with one mistake it repeats
 * all, and clients log what they are told. Null for any other message.
 */
export const variableProblem = (message: string): VariableProblem | null => {
  const missing = MISSING.exec(message)?.[1];
  if (missing !== undefined) return { message, path: [missing] };
  const variable = START.exec(message)?.[1];
  const at = variable === undefined ? 0 : whyAt(message);
  return variable === undefined || at <= 0 ? null : misfitting(message, variable, at);
};
