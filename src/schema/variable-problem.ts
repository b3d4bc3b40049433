const START = /^Variable "(\$\w+)" got invalid value /;
/** Behind the value that did not fit, graphql-js says why. */
const WHY = /^(?:Field "|Value "|Enum "|Expected |\w+ cannot represent )/;
const PLACE = / at "[\w.[\]]+"$/;
/** A scalar repeats the value. */
const REPEATED = /(?<=^\w+ cannot represent [^:]*): .*$/s;

const SEPARATOR = '; ';

const whyAt = (message: string): number => {
  let at = message.lastIndexOf(SEPARATOR);
  while (at > 0 && !WHY.test(message.slice(at + SEPARATOR.length))) at = message.lastIndexOf(SEPARATOR, at - 1);
  return at;
};

/**
 * What graphql-js says of a variable that does not fit its type, without the value: of an object with one mistake it repeats
 * all, and clients log what they are told. Any other message as it is.
 */
export const withoutValue = (message: string): string => {
  const [, variable] = START.exec(message) ?? [];
  const at = variable === undefined ? 0 : whyAt(message);
  if (variable === undefined || at <= 0) return message;
  const [place = ''] = PLACE.exec(message.slice(0, at)) ?? [];
  const why = message.slice(at + SEPARATOR.length).replace(REPEATED, '.');
  return `Variable "${variable}" does not fit its type${place}: ${why}`;
};
