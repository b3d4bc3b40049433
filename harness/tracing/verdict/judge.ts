import { allIsThere, laterCommands } from './demands.ts';
import { type Evidence, type OrderRule, type OrderSeen, refOf, type TraceRule, type TraceSeen } from './evidence.ts';
import { commitsAreAppended, eventsAreMade, oneTraceId } from './makers.ts';
import { linksResolve, noCycle, noOrphan, oneRoot } from './structure.ts';
import { timesNest } from './times.ts';
import { eventsAreHandled, eventsArePublished, eventsAreShown } from './ways.ts';
import { knownWords, nothingPrivate } from './words.ts';

/** Something that must not be. */
export interface Broken {
  readonly rule: string;
  /** An order or a trace. */
  readonly subject: string;
  readonly message: string;
}

/** Hold for every trace, whatever it is about. */
const TRACE_RULES = {
  'one root': oneRoot,
  'no orphan': noOrphan,
  'no cycle': noCycle,
  'every link resolves': linksResolve,
  'times nest': timesNest,
  'known words': knownWords,
  'nothing private': nothingPrivate,
} as const satisfies Readonly<Record<string, TraceRule>>;

/** Holds for every order, whoever was killed. */
const SURE_RULES = { 'one trace id': oneTraceId } as const satisfies Readonly<Record<string, OrderRule>>;

/** Hold for every order that no process was killed beside: a killed one takes spans along. */
const ORDER_RULES = {
  'events are made': eventsAreMade,
  'commits are appended': commitsAreAppended,
  'events are published': eventsArePublished,
  'events are handled': eventsAreHandled,
  'events are shown': eventsAreShown,
  'all is there': allIsThere,
  'later commands': laterCommands,
} as const satisfies Readonly<Record<string, OrderRule>>;

export const RULES: readonly string[] = [TRACE_RULES, SURE_RULES, ORDER_RULES].flatMap((rules) => Object.keys(rules));

const traceOf = ({ events }: OrderSeen, { spans }: Evidence): TraceSeen => {
  const created = events.find(({ type }) => type === 'OrderCreated');
  const traceId = refOf(created?.traceparent ?? null)?.traceId ?? '';
  return { traceId, spans: spans.trace(traceId) };
};

const isUntouched = ({ events }: OrderSeen, { losses }: Evidence): boolean =>
  !losses.mayReach(
    Math.min(...events.map(({ occurredAtMicros }) => occurredAtMicros)),
    Math.max(...events.map(({ storedAtMicros }) => storedAtMicros)),
  );

function* brokenByOrder(order: OrderSeen, evidence: Evidence): Generator<Broken> {
  const trace = traceOf(order, evidence);
  const rules = isUntouched(order, evidence) ? { ...SURE_RULES, ...ORDER_RULES } : SURE_RULES;
  for (const [rule, holds] of Object.entries<OrderRule>(rules))
    for (const message of holds(order, trace, evidence)) yield { rule, subject: order.id, message };
}

function* brokenByTrace(traceId: string, evidence: Evidence): Generator<Broken> {
  const trace = { traceId, spans: evidence.spans.trace(traceId) };
  for (const [rule, holds] of Object.entries<TraceRule>(TRACE_RULES))
    for (const message of holds(trace, evidence)) yield { rule, subject: `trace ${traceId}`, message };
}

/** What is wrong with the traces, one by one: of every order, and of every trace that there is. */
export const judge = function* (evidence: Evidence): Generator<Broken> {
  for (const order of evidence.orders) yield* brokenByOrder(order, evidence);
  for (const traceId of evidence.spans.traceIds) yield* brokenByTrace(traceId, evidence);
};

/** Orders that the rules of all spans were held to. */
export const countUntouched = (evidence: Evidence): number =>
  evidence.orders.filter((order) => isUntouched(order, evidence)).length;
