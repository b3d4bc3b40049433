import { type BareEvent, type Life, METHOD, TOTAL } from './life.ts';
import {
  addingTo,
  type Column,
  deleting,
  type ForAll,
  forAll,
  inserting,
  namesOf,
  unnested,
  updating,
} from './rows.ts';

const EVENT: readonly Column<BareEvent>[] = [
  ['event_id', 'text', ({ eventId }) => eventId],
  ['type', 'text', ({ type }) => type],
  ['stream', 'text', ({ stream }) => stream],
  ['aggregate_type', 'text', ({ aggregateType }) => aggregateType],
  ['aggregate_id', 'text', ({ aggregateId }) => aggregateId],
  ['version', 'integer', ({ version }) => version],
  ['correlation_id', 'text', ({ aggregateId }) => aggregateId],
  ['causation_id', 'text', ({ causationId }) => causationId],
  ['producer', 'text', ({ producer }) => producer],
  ['producer_instance', 'text', ({ producer }) => `${producer}-1`],
  ['traceparent', 'text', () => null],
  ['schema_version', 'integer', ({ schemaVersion }) => schemaVersion],
  ['data', 'json', ({ data }) => data],
];

/** Into a journal and its outbox; returns the positions to be published. */
const recording = (journal: 'write' | 'saga'): ForAll<BareEvent> => {
  const columns: readonly Column<BareEvent>[] = [
    ['sequence', 'integer', ({ sequence }) => (journal === 'saga' ? 1 : sequence)],
    ['heard', 'boolean', ({ type }) => journal === 'write' && type === 'StockReserved'],
    ...EVENT,
  ];
  return forAll(
    columns,
    `with recorded as (
      insert into ${journal}.journal (occurred_at, ${namesOf(columns)})
      select now(), ${namesOf(columns)} from ${unnested(columns)} as event (${namesOf(columns)})
      returning position, heard
    ), queued as (insert into ${journal}.outbox (position) select position from recorded where not heard)
    select position from recorded where not heard`,
  );
};

export const record = { write: recording('write'), saga: recording('saga') };

/** Into the event store; returns the positions. */
export const store: ForAll<BareEvent> = forAll(
  EVENT,
  `insert into audit.event_store (occurred_at, ${namesOf(EVENT)})
   select now(), ${namesOf(EVENT)} from ${unnested(EVENT)} as event (${namesOf(EVENT)}) returning position`,
);

const ORDER_ID: Column<Life> = ['order_id', 'text', ({ orderId }) => orderId];
const NOW = (): string => new Date().toISOString();

export const keepMethod = inserting<Life>('write.payment_method', [ORDER_ID, ['reference', 'text', () => METHOD]]);
export const forgetMethod = deleting('write.payment_method', ORDER_ID);

const TASKS = ['charge', 'expire'] as const;

export interface Task {
  readonly kind: (typeof TASKS)[number];
  readonly orderId: string;
}

export const tasksOf = (lives: readonly Life[]): readonly Task[] =>
  lives.flatMap(({ orderId }) => TASKS.map((kind) => ({ kind, orderId })));

const PAYLOAD = JSON.stringify({ amount: TOTAL, currency: 'EUR', attempt: 1 });

export const schedule = inserting<Task>('write.task', [
  ['kind', 'text', ({ kind }) => kind],
  ['order_id', 'text', ({ orderId }) => orderId],
  ['due_at', 'timestamptz', NOW],
  ['payload', 'json', ({ kind }) => (kind === 'charge' ? PAYLOAD : '{}')],
]);
export const unschedule = deleting('write.task', ORDER_ID);

export const chargeAll = inserting<Life>('write.simulated_charge', [
  ['idempotency_key', 'text', ({ orderId }) => `${orderId}:1`],
  ORDER_ID,
  ['payment_id', 'text', ({ paymentId }) => paymentId],
  ['amount', 'numeric', () => TOTAL],
  ['currency', 'text', () => 'EUR'],
  ['behaviour', 'text', () => 'pays'],
  ['calls', 'integer', () => 1],
  ['outcome', 'text', () => 'succeeded'],
]);

const LINES = ({ products }: Life): string => JSON.stringify(products.map((productId) => ({ productId, quantity: 1 })));

export const reserveAll = inserting<Life>('saga.reservation', [
  ORDER_ID,
  ['state', 'text', () => 'Reserved'],
  ['lines', 'json', LINES],
  ['version', 'integer', () => 1],
]);
export const sellAll = updating<Life>('saga.reservation', [
  ORDER_ID,
  ['state', 'text', () => 'Sold'],
  ['verdict', 'json', ({ confirmed: { type, eventId } }) => JSON.stringify({ type, eventId, occurredAt: NOW() })],
]);

/** What to add to a product's numbers. */
export interface Units {
  readonly productId: string;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

/** What these checkouts take, or have sold, of each product. */
export const unitsOf = (lives: readonly Life[], each: Omit<Units, 'productId'>): readonly Units[] =>
  [
    ...Map.groupBy(
      lives.flatMap(({ products }) => products),
      (productId) => productId,
    ),
  ]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([productId, { length }]) => ({
      productId,
      available: each.available * length,
      reserved: each.reserved * length,
      sold: each.sold * length,
    }));

const UNITS: readonly Column<Units>[] = [
  ['available', 'integer', ({ available }) => available],
  ['reserved', 'integer', ({ reserved }) => reserved],
  ['sold', 'integer', ({ sold }) => sold],
];

export const moveStock = addingTo<Units>('saga.stock', [
  ['product_id', 'text', ({ productId }) => productId],
  ...UNITS,
]);
export const showStock = addingTo<Units>('read.product', [['id', 'text', ({ productId }) => productId], ...UNITS]);
