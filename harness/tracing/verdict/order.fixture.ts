import { type Span, SpanStore } from '../sink/index.ts';
import { Batches } from './batches.ts';
import type { EventSeen, Evidence, OrderSeen } from './evidence.ts';
import { type Losses, nothingLost } from './losses.ts';

const ORDERS = 'ecommerce.orders.events';
const PAYMENTS = 'ecommerce.payments.events';
const [API, SAGA, AUDIT] = ['ecommerce-api', 'inventory-saga-consumer', 'event-audit-api'] as const;
export const TRACE = '0af7651916cd43dd8448eb211c80319c';
export const OTHER = 'b7ad6b7169203331000000000000beef';

/** A span by its number, which is also when it begins, in milliseconds. */
export const idOf = (number: number): string => String(number).padStart(16, '0');

type Sketch = Partial<Omit<Span, 'links'>> & {
  readonly at: number;
  readonly name: string;
  readonly under?: number;
  readonly links?: readonly (number | { readonly traceId: string; readonly spanId: string })[];
};

const spanOf = ({ at, under, links = [], ...rest }: Sketch): Span => ({
  traceId: TRACE,
  spanId: idOf(at),
  parentId: under === undefined ? null : idOf(under),
  kind: 'INTERNAL',
  startMicros: at * 1_000,
  endMicros: (at + 50) * 1_000,
  status: 'UNSET',
  statusMessage: '',
  attributes: {},
  events: [],
  dropped: 0,
  process: 'panier-1',
  ...rest,
  links: links.map((link) => (typeof link === 'number' ? { traceId: TRACE, spanId: idOf(link) } : link)),
});

interface Told {
  readonly at: number;
  readonly type: string;
  readonly stream: string;
  readonly madeBy: number;
}

const eventOf = ({ at, type, stream, madeBy }: Told): EventSeen => ({
  eventId: `event_${type}`,
  type,
  stream,
  traceparent: `00-${TRACE}-${idOf(madeBy)}-01`,
  occurredAtMicros: at * 1_000,
  storedAtMicros: (at + 50) * 1_000,
});

const EVENTS: readonly Told[] = [
  { at: 104, type: 'OrderCreated', stream: ORDERS, madeBy: 104 },
  { at: 203, type: 'StockReserved', stream: ORDERS, madeBy: 203 },
  { at: 304, type: 'PaymentRequested', stream: PAYMENTS, madeBy: 304 },
  { at: 403, type: 'PaymentSucceeded', stream: PAYMENTS, madeBy: 403 },
  { at: 403, type: 'OrderConfirmed', stream: ORDERS, madeBy: 403 },
];

/** How an event goes on from its commit: published, delivered to the audit group, stored and shown. */
const wayOf = ({ type, stream, madeBy }: Told, index: number): readonly Sketch[] => {
  const at = 1_000 + index * 10;
  const attributes = { 'panier.event.id': `event_${type}`, 'messaging.consumer.group.name': AUDIT };
  return [
    { at, name: `publish ${stream}`, kind: 'PRODUCER', under: madeBy },
    { at: at + 1, name: `deliver ${AUDIT}`, kind: 'CONSUMER', under: madeBy },
    { at: at + 2, name: `process ${stream}`, kind: 'CONSUMER', under: madeBy, links: [at + 1], attributes },
    { at: at + 3, name: 'store', kind: 'CLIENT', under: at + 1 },
    { at: at + 4, name: 'project', under: at + 1 },
    { at: at + 5, name: 'announce', kind: 'PRODUCER', under: at + 1 },
  ];
};

const handledBy = (group: string, type: string) => ({
  'panier.event.id': `event_${type}`,
  'messaging.consumer.group.name': group,
});

const SKETCHES: readonly Sketch[] = [
  { at: 100, name: 'POST /graphql', kind: 'SERVER', attributes: { 'http.request.method': 'POST' } },
  { at: 101, name: 'mutation checkout', under: 100 },
  { at: 103, name: 'command checkout', under: 101, attributes: { 'panier.order.id': 'order_1' } },
  { at: 104, name: 'commit', under: 103, links: [105], attributes: { 'panier.wait_ms': 1 } },
  { at: 105, name: 'append', kind: 'CLIENT', under: 104 },
  { at: 200, name: `deliver ${SAGA}`, kind: 'CONSUMER', under: 104 },
  {
    at: 201,
    name: `process ${ORDERS}`,
    kind: 'CONSUMER',
    under: 104,
    links: [200],
    attributes: handledBy(SAGA, 'OrderCreated'),
  },
  { at: 203, name: 'decide StockReserved', under: 201 },
  { at: 300, name: `deliver ${API}`, kind: 'CONSUMER', under: 203 },
  {
    at: 301,
    name: `process ${ORDERS}`,
    kind: 'CONSUMER',
    under: 203,
    links: [300],
    attributes: handledBy(API, 'StockReserved'),
  },
  { at: 302, name: 'command payOrder', under: 104, links: [{ traceId: OTHER, spanId: idOf(902) }] },
  { at: 304, name: 'commit', under: 302, links: [305] },
  { at: 305, name: 'append', kind: 'CLIENT', under: 304 },
  { at: 400, name: 'task charge', under: 304 },
  { at: 401, name: 'provider charge', kind: 'CLIENT', under: 400 },
  { at: 403, name: 'commit', under: 400, links: [404] },
  { at: 404, name: 'append', kind: 'CLIENT', under: 403 },
  ...EVENTS.flatMap(wayOf),
  { at: 1_100, name: 'push orderStatus', kind: 'PRODUCER', under: 403 },
  { at: 901, name: 'POST /graphql', kind: 'SERVER', traceId: OTHER },
  { at: 902, name: 'mutation payOrder', under: 901, traceId: OTHER },
];

export interface Changes {
  /** By the number of a span: what is different of it. Null leaves it out. */
  readonly spans?: Readonly<Record<number, Partial<Span> | null>>;
  readonly added?: readonly Sketch[];
  readonly event?: (event: EventSeen) => EventSeen;
  readonly outside?: readonly string[];
  readonly losses?: Losses;
  readonly sharesClock?: boolean;
}

const spansWith = ({ spans = {}, added = [] }: Changes): readonly Span[] =>
  [...SKETCHES, ...added].flatMap((sketch) => {
    const change = spans[sketch.at];
    return change === null ? [] : [{ ...spanOf(sketch), ...change }];
  });

const orderWith = ({ event = (same) => same }: Changes): OrderSeen => ({
  id: 'order_1',
  status: 'CONFIRMED',
  events: EVENTS.map(eventOf).map(event),
  commands: ['payOrder'],
  isWatched: true,
});

/** An order that was paid later, with all that its trace has to hold; and what is different of it. */
export const evidenceOf = (changes: Changes = {}): Evidence => {
  const spans = new SpanStore();
  for (const span of spansWith(changes)) spans.add(span);
  const { outside = [], losses = nothingLost(), sharesClock = true } = changes;
  return {
    spans,
    batches: new Batches(spans),
    orders: [orderWith(changes)],
    outside: new Set(outside),
    losses,
    sharesClock,
  };
};
