import { MAX_STOCK } from '../events/index.ts';
import { PROBLEM_CODES, PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemCode, problemType } from './problem.ts';

export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What is wrong, as RFC 9457 tells it.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Tells one problem from another; no address.' },
    title: { type: 'string', description: 'The same for all of this type.' },
    status: { type: 'integer', description: "The answer's status." },
    detail: { type: 'string', description: 'For people to read: what is wrong with this request, and what would do.' },
    instance: {
      type: 'string',
      format: 'uri',
      description: "Of a defect: its correlation id, which panier's log has.",
    },
  },
} as const;

const AVAILABLE = { type: 'integer', minimum: 0, maximum: MAX_STOCK, description: 'Units that are available now.' };
const SECONDS = { type: 'integer', minimum: 1, description: 'Until one may ask again.' };

/** What a problem tells beside what all tell. */
const MORE: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, object>>>>> = {
  STOCK_SHORT: { available: AVAILABLE },
  STOCK_FULL: { available: AVAILABLE },
  RATE_LIMITED: { retryAfter: SECONDS },
};

const RETRY_AFTER = { description: 'Seconds until one may ask again.', required: true, schema: SECONDS };
const CHALLENGE = { description: 'RFC 6750, section 3.', required: true, schema: { type: 'string' } };

const HEADERS: Readonly<Partial<Record<number, Readonly<Record<string, object>>>>> = {
  401: { 'WWW-Authenticate': CHALLENGE },
  429: { 'Retry-After': RETRY_AFTER },
  503: { 'Retry-After': RETRY_AFTER },
};

const schemaOf = (code: ProblemCode) => {
  const { status, title } = PROBLEMS[code];
  const more = MORE[code] ?? {};
  return {
    $ref: '#/components/schemas/Problem',
    required: Object.keys(more),
    properties: { type: { const: problemType(code) }, title: { const: title }, status: { const: status }, ...more },
  };
};

type Codes = readonly [ProblemCode, ...ProblemCode[]];

/** Those of one status together: an answer is one of them. */
const nameOf = (codes: readonly ProblemCode[]): string => codes.join('.');

const responseOf = (codes: Codes) => {
  const [first] = codes;
  const headers = HEADERS[PROBLEMS[first].status];
  const schemas = codes.map(schemaOf);
  return {
    description: `${codes.map((code) => PROBLEMS[code].title).join('; or: ')}.`,
    ...(headers === undefined ? {} : { headers }),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas } } },
  };
};

/** By status, in the order of the table, whichever the caller's is. */
const byStatus = (codes: readonly ProblemCode[]): readonly (readonly [status: number, codes: Codes])[] => {
  const known = PROBLEM_CODES.filter((code) => codes.includes(code));
  const groups = Map.groupBy(known, (code) => PROBLEMS[code].status);
  return Array.from(groups, ([status, group]) => [status, group as [ProblemCode, ...ProblemCode[]]] as const);
};

/** The responses of an operation that may be answered with these problems: references to {@link problemResponses}. */
export const responsesTo = (codes: readonly ProblemCode[]) =>
  Object.fromEntries(
    byStatus(codes).map(([status, group]) => [status, { $ref: `#/components/responses/${nameOf(group)}` }]),
  );

/** All responses that operations with these problems refer to. */
export const problemResponses = (ofOperations: readonly (readonly ProblemCode[])[]) =>
  Object.fromEntries(ofOperations.flatMap(byStatus).map(([, group]) => [nameOf(group), responseOf(group)]));
