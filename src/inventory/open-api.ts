import manifest from '../../package.json' with { type: 'json' };
import { BODIES, PARAMETERS } from './bodies.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { PROBLEM_SCHEMA, problemResponses, responsesTo } from './open-api-problems.ts';
import type { ProblemCode } from './problem.ts';
import { PATHS } from './routes.ts';

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

const answered = (description: string, schema: object) => ({
  200: { description, content: { 'application/json': { schema } } },
});

/** A probe may come past the proxies, and as often as it likes. */
const OF_PROBES: readonly ProblemCode[] = [
  'BAD_USER_INPUT',
  'REQUEST_ENTITY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'UNKNOWN_HOST',
];
const OF_ALL: readonly ProblemCode[] = [...OF_PROBES, 'FORBIDDEN', 'RATE_LIMITED'];
const OF_STOCK: readonly ProblemCode[] = [
  ...OF_ALL,
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'INTERNAL_SERVER_ERROR',
  'UNAVAILABLE',
];
const OF_MOVES: readonly ProblemCode[] = [...OF_STOCK, 'INVALID_INPUT', 'IDEMPOTENCY_CONFLICT', 'CONFLICT'];
const OF_REDUCE: readonly ProblemCode[] = [...OF_MOVES, 'STOCK_SHORT'];
const OF_INCREASE: readonly ProblemCode[] = [...OF_MOVES, 'STOCK_FULL'];

interface MoveOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly problems: readonly ProblemCode[];
}

const moveOf = ({ problems, ...named }: MoveOperation) => ({
  ...named,
  description:
    'It is one change: all of the units, or none. What changed is journaled and published as StockAdjusted. After 503, or without an answer, whether it was done is not known: ask again, with the same Idempotency-Key.',
  security: [{ bearer: ['stock:write'] }],
  parameters: [
    reference('parameters', 'productId'),
    reference('parameters', 'idempotencyKey'),
    reference('parameters', 'traceparent'),
  ],
  requestBody: {
    required: true,
    description: `In UTF-8, at most ${MAX_BODY_BYTES} bytes, not compressed.`,
    content: { 'application/json': { schema: reference('schemas', 'Quantity') } },
  },
  responses: {
    ...answered('Done. The stock after it.', reference('schemas', 'Stock')),
    ...responsesTo(problems),
  },
});

const STOCK = {
  operationId: 'stock',
  summary: 'The stock of a product',
  description: 'Anybody may look at the shelf; a token that is sent has to be valid all the same.',
  security: [{}, { bearer: [] }],
  parameters: [reference('parameters', 'productId')],
  responses: {
    ...answered(
      'The stock as the ledger has it now; with an inventory elsewhere, available is what that told last. 503 before it has told.',
      reference('schemas', 'Stock'),
    ),
    ...responsesTo(OF_STOCK),
  },
};

const PROBED = {
  type: 'object',
  required: ['status'],
  properties: {
    status: { type: 'string', enum: ['ready', 'not ready'] },
    checks: {
      type: 'object',
      additionalProperties: { type: 'boolean' },
      description: 'In production, for operators alone.',
    },
  },
} as const;

const SERVED = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string', enum: ['serving', 'not serving'] } },
} as const;

const LIVE = { type: 'object', required: ['status'], properties: { status: { const: 'live' } } } as const;

const probe = (operationId: string, summary: string, responses: object) => ({
  operationId,
  summary,
  security: [{}],
  responses: { ...responses, ...responsesTo(OF_PROBES) },
});

const paths = () => ({
  [PATHS.stock]: { get: STOCK },
  [PATHS.reduceStock]: {
    put: moveOf({ operationId: 'reduceStock', summary: 'Take units out of what is available', problems: OF_REDUCE }),
  },
  [PATHS.increaseStock]: {
    put: moveOf({ operationId: 'increaseStock', summary: 'Add units to what is available', problems: OF_INCREASE }),
  },
  [PATHS.document]: {
    get: {
      operationId: 'openApi',
      summary: 'This document',
      security: [{}],
      responses: { ...answered('OpenAPI 3.1.', { type: 'object' }), ...responsesTo(OF_ALL) },
    },
  },
  '/livez': { get: probe('live', 'Whether the process answers', answered('It does.', LIVE)) },
  '/readyz': {
    get: probe('ready', 'Whether all is there that the process needs', {
      ...answered('It is.', PROBED),
      503: { description: 'It is not.', content: { 'application/json': { schema: PROBED } } },
    }),
  },
  '/readyz/serving': {
    get: probe('serving', 'Whether the stock can be shown', {
      ...answered('It can.', SERVED),
      503: { description: 'It cannot.', content: { 'application/json': { schema: SERVED } } },
    }),
  },
});

/** What the inventory-api answers, as an OpenAPI document. Source: spec.openapis.org/oas/v3.1.1. */
export const openApi = () => ({
  openapi: '3.1.1',
  info: {
    title: 'panier inventory-api',
    version: manifest.version,
    summary: 'The stock of the products, over HTTP.',
    description:
      'HEAD is served wherever GET is. A method that is not listed is answered with 405 and Allow, and another path with 404. Errors are problems of RFC 9457, told apart by `type`.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  paths: paths(),
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A token of a service or an operator, as over GraphQL, with the scope that the operation names.',
      },
    },
    parameters: PARAMETERS,
    schemas: { ...BODIES, Problem: PROBLEM_SCHEMA },
    responses: problemResponses([OF_PROBES, OF_ALL, OF_STOCK, OF_REDUCE, OF_INCREASE]),
  },
});

let made: string | undefined;

/** The document as it is served. */
export const openApiText = (): string => {
  made ??= JSON.stringify(openApi());
  return made;
};
