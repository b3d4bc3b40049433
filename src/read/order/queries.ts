import { CompiledQuery } from 'kysely';
import type { Db } from '../../database/index.ts';
import type { OrderEvent, OrderStatus, Recorded } from '../../events/index.ts';
import { selectByIds } from '../select-by-ids.ts';
import { type OrderState, type OrderStep, type OrderView, takeStep, unknownOrder, viewOf } from './order.ts';
import { orderStateOf } from './order-row.ts';

/** Steps with `after` < revision <= `upTo`. */
export interface StepRange {
  readonly after?: number | undefined;
  readonly upTo?: number | undefined;
}

const select = selectByIds('read', 'order');

const STEPS = `
  select order_id, revision, event_position, status
  from read.order_step
  where order_id = any($1::text[]) and revision > $2::integer and revision <= $3::integer
  order by order_id, revision`;
const MAX_REVISION = 2_147_483_647;

interface StepRow {
  readonly order_id: string;
  readonly revision: number;
  readonly event_position: string;
  readonly status: string;
}

const stepOf = (row: StepRow): OrderStep => ({
  orderId: row.order_id,
  revision: row.revision,
  status: row.status as OrderStatus,
  eventPosition: BigInt(row.event_position),
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
): Promise<readonly OrderStep[]> => {
  if (orderIds.length === 0) return [];
  const { rows } = await db.executeQuery<StepRow>(CompiledQuery.raw(STEPS, [orderIds, after, upTo]));
  return rows.map(stepOf);
};

const isOfOrder = (recorded: Recorded): recorded is Recorded<OrderEvent> => recorded.envelope.aggregateType === 'Order';

/** The order that these events make, each of them a step; null without its OrderCreated. Events of others are passed over. */
export const foldOrder = (events: readonly Recorded[]): OrderView | null => {
  const own = events.filter(isOfOrder);
  return viewOf(own.reduce(takeStep, unknownOrder(own[0]?.envelope.aggregateId ?? '')));
};
