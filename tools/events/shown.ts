import { type JsonSchema, takesNull } from '../../src/events/index.ts';

const TITLES: Readonly<Record<string, string>> = {
  Currency: 'ISO 4217 code',
  Decimal: 'decimal number in a text, such as `"699.99"`',
  Identifier: 'identifier',
  Instant: 'RFC 3339, UTC',
};

const number = (value: number | undefined): string => (value ?? 0).toLocaleString('en');

const textOf = ({ maxLength, pattern }: JsonSchema): string => {
  if (maxLength !== undefined) return `text, at most ${number(maxLength)} characters`;
  return pattern === undefined ? 'text' : `text, \`${pattern.replaceAll('|', '\\|')}\``;
};

const mainTypeOf = ({ type }: JsonSchema): string => [type].flat().find((each) => each !== 'null') ?? 'anything';

const valueOf = (schema: JsonSchema): string => {
  const { title, minimum, maximum, maxItems } = schema;
  if (title !== undefined) return TITLES[title] ?? title;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((each) => `\`${each}\``).join(' or ');
  switch (mainTypeOf(schema)) {
    case 'integer':
      return `whole number, ${number(minimum)} to ${number(maximum)}`;
    case 'array':
      return `list, at most ${number(maxItems)}`;
    case 'string':
      return textOf(schema);
    default:
      return mainTypeOf(schema);
  }
};

/** A schema's type and bounds, for people. */
export const shownType = (schema: JsonSchema): string => `${valueOf(schema)}${takesNull(schema) ? ', or null' : ''}`;
