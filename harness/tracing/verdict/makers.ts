import type { Span } from '../sink/index.ts';
import { type EventSeen, type OrderRule, refOf, type TraceSeen } from './evidence.ts';

/** What has to have brought an event about, by its type. Source: docs/tracing.md, "One trace for one order". */
const MAKERS: Readonly<Record<string, RegExp>> = {
  CartCheckedOut: /^command checkout$/,
  OrderCreated: /^command checkout$/,
  StockReserved: /^process ecommerce\.orders\.events$/,
  StockReservationFailed: /^process ecommerce\.orders\.events$/,
  OrderRejected: /^process ecommerce\.orders\.events$/,
  PaymentRequested: /^(?:process ecommerce\.orders\.events|command payOrder)$/,
  PaymentPending: /^task (?:charge|notice)$/,
  PaymentSucceeded: /^task (?:charge|notice)$/,
  // Of the reason ORDER_OVER it tells of a charge that nobody will make any more.
  PaymentFailed: /^(?:task (?:charge|expire|notice)|command cancelOrder|process ecommerce\.\w+\.events)$/,
  PaymentRefunded: /^task (?:refund|notice)$/,
  OrderConfirmed: /^(?:task (?:charge|notice)|process ecommerce\.\w+\.events)$/,
  OrderCancelled: /^(?:command cancelOrder|process ecommerce\.\w+\.events|task (?:charge|notice))$/,
  StockCompensated: /^process ecommerce\.(?:orders|payments)\.events$/,
};

/** What writes events: a commit of the write side, or a decision of the saga in its delivery's own transaction. */
const WRITERS = /^(?:commit|decide (?:StockReserved|StockReservationFailed|StockCompensated))$/;

/** The span, and what caused it, up to the root of its trace. */
const upFrom = function* (first: Span | undefined, { spans }: TraceSeen): Generator<Span> {
  const passed = new Set<string>();
  for (let at = first; at !== undefined && !passed.has(at.spanId); at = spans.get(at.parentId ?? '')) {
    passed.add(at.spanId);
    yield at;
  }
};

const makerOf = ({ traceparent }: EventSeen, trace: TraceSeen): Span | undefined =>
  trace.spans.get(refOf(traceparent)?.spanId ?? '');

/** All events of an order bear its trace: the one of the request that checked out. */
export const oneTraceId: OrderRule = function* ({ events }, { traceId }) {
  for (const { type, eventId, traceparent } of events) {
    const ref = refOf(traceparent);
    if (ref === null) yield `${type} (${eventId}) bears no trace`;
    else if (ref.traceId !== traceId)
      yield `${type} (${eventId}) is of the trace ${ref.traceId}, the order of ${traceId}`;
  }
};

/** Each event was made by a span that ended, below what has to bring such an event about. */
export const eventsAreMade: OrderRule = function* ({ events }, trace) {
  for (const event of events) {
    const maker = makerOf(event, trace);
    if (maker === undefined) yield `the span that made ${event.type} (${event.eventId}) is not there`;
    else if (!WRITERS.test(maker.name)) yield `${event.type} was made by ${maker.name}, which writes nothing`;
    else if (![...upFrom(maker, trace)].some(({ name }) => MAKERS[event.type]?.test(name) ?? true))
      yield `${event.type} was made below ${[...upFrom(maker, trace)].map(({ name }) => name).join(' < ')}`;
  }
};

/** A commit tells of the statement that it was written by. */
export const commitsAreAppended: OrderRule = function* ({ events }, trace, { spans }) {
  for (const event of events) {
    const maker = makerOf(event, trace);
    if (maker?.name !== 'commit') continue;
    const isAppended = maker.links.some((link) => spans.find(link)?.name === 'append');
    if (!isAppended) yield `the commit of ${event.type} is linked to no append`;
  }
};
