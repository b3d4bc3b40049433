import type { Exchange } from '../lanes/exchange.ts';
import type { Operation } from '../operation/operation.ts';
import { DOCUMENTED_CODES, REFUSED_DOCUMENT } from './codes.ts';
import { leaksIn } from './leaks.ts';
import { type Reply, type ReplyError, readReply } from './reply.ts';

/** Something that must not be. */
export interface Finding {
  readonly rule: string;
  readonly detail: string;
}

export interface Judged {
  readonly replies: readonly Reply[];
  /** Codes of errors; `OK` where there is none. */
  readonly outcome: string;
  readonly findings: readonly Finding[];
}

export const CLOSED = 'closed by the server';

const MAX_MS = 5_000;
/** A query that waits for the read side gives up only then. */
const MAX_WAITING_MS = 6_000;

const found = (rule: string, detail: string): readonly Finding[] => [{ rule, detail }];
const none: readonly Finding[] = [];

const waits = ({ text, variables }: Operation): boolean =>
  text.includes('consistentWith') || variables.some(([name]) => name === 'consistentWith');

const ofError = (operation: Operation, { code, message }: ReplyError): readonly Finding[] => {
  if (code === 'INTERNAL_SERVER_ERROR') return found('a defect', message);
  if (code === null) return found('an error without a code', message);
  if (!DOCUMENTED_CODES.has(code)) return found(`undocumented code ${code}`, message);
  if (code === 'READ_TIMEOUT' && !waits(operation)) return found('READ_TIMEOUT though nothing asked to wait', message);
  const isHonest = operation.hostile.size === 0;
  return isHonest && REFUSED_DOCUMENT.has(code) ? found('a valid document refused', message) : none;
};

const ofReply = (operation: Operation, reply: Reply): readonly Finding[] =>
  reply.type === 'Malformed'
    ? found('no GraphQL response', reply.why)
    : reply.errors.flatMap((error) => ofError(operation, error));

const first = (answers: readonly string[]): string => answers[0]?.slice(0, 300) ?? '';

/** That one is reported by its code, with its correlation id. */
const tellsDefect = (answers: readonly string[]): boolean => first(answers).includes('INTERNAL_SERVER_ERROR');

const ofTransport = (
  operation: Operation,
  { status, closed, answers, ms, isCancelled }: Exchange,
): readonly Finding[] => [
  ...(status !== null && status >= 500 && !tellsDefect(answers) ? found(`status ${status}`, first(answers)) : none),
  ...(closed === null ? none : found(CLOSED, closed)),
  // A subscription that is resumed behind its last update ends without another one.
  ...(closed === null && answers.length === 0 && !isCancelled && operation.type !== 'subscription'
    ? found('no answer', `status ${status}`)
    : none),
  ...(ms > (waits(operation) ? MAX_WAITING_MS : MAX_MS) ? found('late', `${Math.round(ms)} ms`) : none),
];

const outcomeOf = (replies: readonly Reply[], { status }: Exchange): string => {
  const codes = replies.flatMap((reply) =>
    reply.type === 'Malformed' ? ['MALFORMED'] : reply.errors.map(({ code }) => code ?? 'NO_CODE'),
  );
  if (codes.length > 0) return [...new Set(codes)].toSorted().join('+');
  return status === null || status < 400 ? 'OK' : `HTTP ${status}`;
};

/** What an exchange says, and everything about it that must not be. */
export const judge = (operation: Operation, exchange: Exchange): Judged => {
  const replies = exchange.answers.map(readReply);
  const findings = [
    ...ofTransport(operation, exchange),
    ...replies.flatMap((reply) => ofReply(operation, reply)),
    ...exchange.answers.flatMap((answer) =>
      leaksIn(answer).flatMap((what) => found(`tells ${what}`, answer.slice(0, 300))),
    ),
  ];
  return { replies, outcome: outcomeOf(replies, exchange), findings };
};
