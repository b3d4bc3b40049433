import { type ASTNode, GraphQLScalarType, Kind } from 'graphql';
import { timeOf } from '../../events/index.ts';
import { badUserInput } from '../failures.ts';

const INSTANT =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

// Date.parse takes February 30th for March 1st.
const isDay = (day: string): boolean => {
  const start = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day);
};

/** The instant in UTC with milliseconds. @throws a GraphQL error with code `BAD_USER_INPUT` on anything but RFC 3339. */
export const parseInstant = (value: unknown, at?: ASTNode): string => {
  const text = typeof value === 'string' ? value : '';
  const day = INSTANT.exec(text)?.[1];
  const timeMs = timeOf(text);
  if (day === undefined || !isDay(day) || timeMs === null) {
    throw badUserInput(
      'A DateTime is an RFC 3339 instant in the years 1 to 9999, such as "2026-01-31T09:30:00.000Z".',
      { at, allowed: { type: 'string', format: 'date-time' } },
    );
  }
  return new Date(timeMs).toISOString();
};

/** The scalar DateTime. */
export const dateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'RFC 3339 instant, such as "2026-01-31T09:30:00.000Z". Always written in UTC with milliseconds; other offsets are taken and converted.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => new Date(String(value)).toISOString(),
  parseValue: (value) => parseInstant(value),
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null, node),
});
