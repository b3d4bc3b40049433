import { type Db, listIn, statement } from '../../database/index.ts';
import { type EventRow, envelopeOf, type OrderStatus, type Recorded } from '../../events/index.ts';
import { type Asked, eventAt, isOf, reachedRows } from '../../projection/index.ts';
import { contradictionPage } from './contradictions.ts';
import { type OrderView, type RecordedStep, takeStep, unknownOrder, viewOf } from './order.ts';
import { orderPage, stuckOrderCount, stuckOrderPage } from './pages.ts';
import { ORDER, stateOf } from './row.ts';

/** Steps with `after` < revision <= `upTo`. */
export interface StepRange {
  readonly after?: number | undefined;
  readonly upTo?: number | undefined;
}

const load = reachedRows(ORDER);

interface StepRow extends EventRow {
  readonly order_id: string;
  readonly revision: number;
  readonly status: string;
}

// Lateral and limited, so that each event is looked up by its position; joined, the planner may well read the whole event
// store. Left, so that a step whose event is missing is an error and not left out.
const STEPS = statement<StepRow>(`
  select step.order_id, step.revision, step.status, event.*
  from read.order_step as step
  left join lateral ${eventAt({ position: 'step.event_position' })} as event on true
  where step.order_id = any(${listIn('$1')}::text[]) and step.revision > $2::integer and step.revision <= $3::integer
  order by step.order_id, step.revision`);
const MAX_REVISION = 2_147_483_647;

const stepOf = (row: StepRow): RecordedStep => ({
  orderId: row.order_id,
  revision: row.revision,
  status: row.status as OrderStatus,
  envelope: envelopeOf(row),
});

/** The order after each of these events, all of them its own; null before its OrderCreated. Each is folded once. */
export const foldOrderSteps = (events: readonly Recorded[]): readonly (OrderView | null)[] => {
  let order = unknownOrder(events[0]?.envelope.aggregateId ?? '');
  return events.map((recorded) => {
    if (isOf('Order')(recorded)) order = takeStep(order, recorded);
    return viewOf(order);
  });
};

/** The order that these events make, each of them a step; null without its OrderCreated. Events of others are passed over. */
export const foldOrder = (events: readonly Recorded[]): OrderView | null => {
  const own = events.filter(isOf('Order'));
  return viewOf(own.reduce(takeStep, unknownOrder(own[0]?.envelope.aggregateId ?? '')));
};

export const orderQueries = {
  /** For each that is asked, the order; null when there is none, or it is not reached. */
  orders: async (db: Db, asked: readonly Asked[]): Promise<readonly (OrderView | null)[]> =>
    (await load(db, asked)).map((row) => row && viewOf(stateOf(row))),

  /** With their events. By order, then by revision, ascending. */
  steps: async (
    db: Db,
    orderIds: readonly string[],
    { after = 0, upTo = MAX_REVISION }: StepRange = {},
  ): Promise<readonly RecordedStep[]> => {
    if (orderIds.length === 0) return [];
    return (await STEPS(db, [orderIds, after, upTo])).map(stepOf);
  },

  /** Newest first. */
  orderPage,

  /** Orders that are not complete and to which nothing has happened for long; oldest first. */
  stuckOrderPage,

  stuckOrderCount,

  /** By order. */
  contradictionPage,
};
