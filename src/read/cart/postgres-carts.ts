import { statement, type Tx } from '../../database/index.ts';
import { type CartEvent, EVENT_COLUMN_NAMES, type EventRow, type Recorded, recordedOf } from '../../events/index.ts';
import type { ReadSchema } from '../projection.ts';
import type { CartRows } from '../read-store.ts';
import { selectByIds } from '../select-by-ids.ts';
import { upsert } from '../upsert.ts';
import type { CartState } from './cart.ts';
import { cartStateOf } from './cart-row.ts';

// Lateral, so that each cart is looked up by its index; joined, the planner may well read the whole event store. Put in order
// outside, or else it may prefer the index that is in order, and read all of a cart's history.
export const waitingStatement = (schema: ReadSchema): string => `
    select event.*
    from unnest($1::text[]) as folded (id)
    left join lateral (select version from ${schema}.cart where cart.id = folded.id offset 0) as cart on true
    cross join lateral (
      select position, ${EVENT_COLUMN_NAMES} from audit.event_store
      where aggregate_id = folded.id and aggregate_type = 'Cart'
        and version > coalesce(cart.version, 0) and position < $2::bigint
      offset 0
    ) as event
    order by event.position`;

const waitingIn = (schema: ReadSchema): CartRows<Tx>['waiting'] => {
  const select = statement<EventRow>(waitingStatement(schema));
  return async (tx, ids, below) => {
    const rows = await select(tx, [ids, below]);
    return rows.map((row) => recordedOf(row) as Recorded<CartEvent>);
  };
};

const writeTo = (schema: ReadSchema) =>
  upsert<CartState>(`${schema}.cart`, [
    ['id', 'text', ({ id }) => id],
    ['customer_id', 'text', ({ customerId }) => customerId],
    ['session_id', 'text', ({ sessionId }) => sessionId],
    ['currency', 'text', ({ currency }) => currency],
    ['items', 'json', ({ items }) => JSON.stringify(items)],
    ['order_id', 'text', ({ orderId }) => orderId],
    ['version', 'integer', ({ version }) => version],
    ['updated_at', 'timestamptz', ({ updatedAt }) => updatedAt],
  ]);

export const postgresCarts = (schema: ReadSchema): CartRows<Tx> => {
  const select = selectByIds(schema, 'cart');
  const waiting = waitingIn(schema);
  return { waiting, write: writeTo(schema), load: async (tx, ids) => (await select(tx, ids)).map(cartStateOf) };
};
