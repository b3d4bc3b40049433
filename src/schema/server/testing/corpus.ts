import { signedInAs } from '../../../../harness/support/tokens.ts';
import { ORDER_ID } from '../../testing/memory-events.ts';
import { DOCUMENTS, ORDER, VARIABLES } from './corpus-documents.ts';
import type { RawRequest } from './raw-request.ts';

const json = (body: unknown): string => JSON.stringify(body);
const query = (text: string, variables?: object): string => json({ query: text, variables });
const withHeaders = (headers: Readonly<Record<string, string>>, body = query('{ __typename }')): RawRequest => ({
  headers,
  body,
});
const accepting = (accept: string, body?: string): RawRequest => withHeaders({ accept }, body);
const typed = (contentType: string): RawRequest => withHeaders({ 'content-type': contentType });

const TWO = 'query A { __typename } query B { b: __typename } subscription S { stock(productIds: ["p"]) { id } }';

const BODIES: readonly (string | Buffer)[] = [
  '',
  ' ',
  'null',
  'true',
  '5',
  '"{ __typename }"',
  '[]',
  '{}',
  '{',
  '{"query":"{ __typename }"',
  '{"query":"{ __typename }"} more',
  `\uFEFF${query('{ __typename }')}`,
  Buffer.from(query('{ __typename } # \u00e9'), 'latin1'),
  Buffer.from([0xff, 0xfe, 0x7b]),
  json([{ query: '{ __typename }' }]),
  json([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
  json({ query: null }),
  json({ query: 5 }),
  json({ query: ['{ __typename }'] }),
  json({ query: { text: '{ __typename }' } }),
  json({ variables: {} }),
  json({ query: '{ __typename }', more: 1 }),
  json({ query: '{ __typename }', more: null }),
  json({ query: '{ __typename }', extensions: {} }),
  json({ query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
  json({ query: '{ __typename }', extensions: null }),
  json({ query: '{ __typename }', extensions: 'x' }),
  json({ query: '{ __typename }', extensions: [] }),
  '{"query":"{ __typename }","__proto__":{"x":1}}',
  '{"query":"{ __typename }","query":"{ a: __typename }"}',
  json({ query: '{ __typename }', operationName: null }),
  json({ query: '{ __typename }', operationName: '' }),
  json({ query: '{ __typename }', operationName: 'A' }),
  json({ query: '{ __typename }', operationName: 5 }),
  json({ query: '{ __typename }', operationName: 'A { b' }),
  json({ query: 'query A { __typename }' }),
  json({ query: TWO }),
  json({ query: TWO, operationName: 'A' }),
  json({ query: TWO, operationName: 'B' }),
  json({ query: TWO, operationName: 'C' }),
  json({ query: TWO, operationName: '' }),
  json({ query: '{ a }', operationName: 'query' }),
  json({ query: 'query\n{ __typename }' }),
  query(`{ __typename } #${'x'.repeat(60_000)}`),
  query(`{ __typename } #${'x'.repeat(100_000)}`),
  json({ query: '{ __typename }', variables: { x: 'x'.repeat(99_900) } }),
];

const ACCEPTED = [
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json',
  'application/json, application/graphql-response+json',
  'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/json;q=0.1, application/graphql-response+json;q=0.9',
  'APPLICATION/JSON',
  'application/*',
  '*/json',
  'application/json, text/plain, */*',
  'text/html,application/xhtml+xml,*/*;q=0.8',
  'text/html',
  'image/png, application/json',
  'text/event-stream, application/json',
  'multipart/mixed, application/json',
  'constructor',
  ',',
  ';',
  '',
];

const TYPES = [
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; charset=utf-16',
  'application/json; charset=latin1',
  'application/json ; charset=utf-8',
  'application/json, application/json',
  'Application/JSON',
  'application/graphql+json',
  'application/jsonp',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/graphql',
  'multipart/form-data; boundary=x',
  '',
];

const CUSTOMERS = await Promise.all(
  ['customer-1', 'customer-2'].map(async (id) => (await signedInAs(id)).authorization),
);

const AS_CUSTOMER = query(ORDER, { id: ORDER_ID });

const OTHERS: readonly RawRequest[] = [
  ...CUSTOMERS.map((authorization) => withHeaders({ authorization }, AS_CUSTOMER)),
  ...[
    '',
    ' ',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer a.b.c',
    'Basic eDp5',
    'Bearer\ta.b.c',
    `Bearer ${'x'.repeat(9_000)}`,
  ].map((authorization) => withHeaders({ authorization }, AS_CUSTOMER)),
  ...CUSTOMERS.map((authorization) => withHeaders({ authorization }, query('{ deadLetters { edges { cursor } } }'))),
  withHeaders({ traceparent: 'nonsense' }),
  withHeaders({ 'content-encoding': 'gzip' }),
  withHeaders({ 'transfer-encoding': 'chunked' }),
  withHeaders({ 'transfer-encoding': 'chunked' }, query(`{ __typename } #${'x'.repeat(100_000)}`)),
  withHeaders({ expect: '100-continue' }),
  withHeaders({ origin: 'http://evil.example' }),
  withHeaders({ connection: 'keep-alive' }),
  { path: '/graphql/', body: query('{ __typename }') },
  { path: '/graphql?query={a}', body: query('{ __typename }') },
  { path: '/graphql/more', body: query('{ __typename }') },
  { path: '/', body: query('{ __typename }') },
  { path: '/other', body: query('{ __typename }') },
  ...['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'].map((method) => ({ method })),
  { method: 'GET', path: '/graphql?query=%7B__typename%7D' },
  { method: 'GET', path: '/graphql?query=mutation%7BcreateCart%7B__typename%7D%7D' },
];

/** Requests of every kind, well and badly made. Not one of them changes anything. */
export const CORPUS: readonly RawRequest[] = [
  ...DOCUMENTS.map((text) => ({ body: query(text) })),
  ...DOCUMENTS.map((text) => accepting('application/graphql-response+json', query(text))),
  ...VARIABLES.map(([text, variables]) => ({ body: json({ query: text, variables }) })),
  ...VARIABLES.map(([text, variables]) =>
    accepting('application/graphql-response+json', json({ query: text, variables })),
  ),
  ...BODIES.map((body) => ({ body })),
  ...ACCEPTED.map((accept) => accepting(accept)),
  ...ACCEPTED.map((accept) => accepting(accept, query('{ unknown }'))),
  ...TYPES.map(typed),
  ...OTHERS,
];
