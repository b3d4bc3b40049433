import { type Db, statement } from '../../database/index.ts';
import {
  EVENT_COLUMN_NAMES,
  type EventRow,
  envelopeOf,
  type OrderEvent,
  type OrderStatus,
  type Recorded,
} from '../../events/index.ts';
import { selectByIds } from '../select-by-ids.ts';
import { type OrderState, type OrderView, type RecordedStep, takeStep, unknownOrder, viewOf } from './order.ts';
import { orderStateOf } from './order-row.ts';

/** Steps with `after` < revision <= `upTo`. */
export interface StepRange {
  readonly after?: number | undefined;
  readonly upTo?: number | undefined;
}

const select = selectByIds('read', 'order');

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
  left join lateral (
    select ${EVENT_COLUMN_NAMES} from audit.event_store where position = step.event_position limit 1
  ) as event on true
  where step.order_id = any($1::text[]) and step.revision > $2::integer and step.revision <= $3::integer
  order by step.order_id, step.revision`);
const MAX_REVISION = 2_147_483_647;

const stepOf = (row: StepRow): RecordedStep => ({
  orderId: row.order_id,
  revision: row.revision,
  status: row.status as OrderStatus,
  envelope: envelopeOf(row),
});

export const shown = (orders: readonly OrderState[]): readonly OrderView[] =>
  orders.map(viewOf).filter((order) => order !== null);

export const ordersByIds = async (db: Db, ids: readonly string[]): Promise<readonly OrderView[]> =>
  shown((await select(db, ids)).map(orderStateOf));

/** By order, then by revision. */
export const stepsOf = async (
  db: Db,
  orderIds: readonly string[],
  { after = 0, upTo = MAX_REVISION }: StepRange = {},
): Promise<readonly RecordedStep[]> => {
  if (orderIds.length === 0) return [];
  return (await STEPS(db, [orderIds, after, upTo])).map(stepOf);
};

const isOfOrder = (recorded: Recorded): recorded is Recorded<OrderEvent> => recorded.envelope.aggregateType === 'Order';

/** The order that these events make, each of them a step; null without its OrderCreated. Events of others are passed over. */
export const foldOrder = (events: readonly Recorded[]): OrderView | null => {
  const own = events.filter(isOfOrder);
  return viewOf(own.reduce(takeStep, unknownOrder(own[0]?.envelope.aggregateId ?? '')));
};
