import type { IncomingMessage } from 'node:http';

/** What a plain answer may be. Source: graphql.github.io/graphql-over-http. */
export type MediaType = 'application/json' | 'application/graphql-response+json';

const ANSWERS: ReadonlyMap<string, MediaType> = new Map([
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
]);

const PLAIN_BODY = /^application\/json(?:; ?charset=(?:utf|UTF)-8)?$/;
// Streams, ranges of types and character sets need Yoga's way of choosing.
const NOT_PLAIN = /event-stream|multipart|charset|[^*]\/\*|\*\/[^*]/;

/** The media type of the answer, as Yoga chooses it: the first that is acceptable; null where only Yoga can tell. */
export const mediaTypeFor = (accept: string | undefined): MediaType | null => {
  const single = ANSWERS.get(accept ?? '*/*');
  if (single !== undefined) return single;
  const wanted = (accept ?? '').replaceAll(/\s/g, '').toLowerCase();
  if (NOT_PLAIN.test(wanted)) return null;
  const types = wanted.split(',').map((each) => ANSWERS.get(each.split(';')[0] ?? ''));
  return types.find((type) => type !== undefined) ?? null;
};

/** Whether the body is JSON as everybody writes it. */
export const hasPlainBody = ({ headers }: IncomingMessage): boolean => PLAIN_BODY.test(headers['content-type'] ?? '');
