import { CompiledQuery } from 'kysely';
import type { Tx } from '../../database/index.ts';
import { type CartEvent, decodeEvent, type EventRow, envelopeOf, type Recorded } from '../../events/index.ts';
import { byAggregate, NO_CHANGES, type Projection, type ReadSchema } from '../projection.ts';
import { selectByIds } from '../select-by-ids.ts';
import { upsert } from '../upsert.ts';
import { type CartState, foldOn } from './cart.ts';
import { cartStateOf } from './cart-row.ts';

// Lateral, so that each cart is looked up by its index; joined, the planner may well read the whole event store.
const WAITING = `
  select event.*
  from unnest($1::text[], $2::integer[]) as folded (id, version)
  cross join lateral (
    select * from audit.event_store
    where aggregate_id = folded.id and aggregate_type = 'Cart' and version > folded.version
    order by position
  ) event`;

type Carts = ReadonlyMap<string, CartState | null>;
type EventsByCart = ReadonlyMap<string, readonly Recorded<CartEvent>[]>;

const foldAll = (carts: Carts, events: EventsByCart): Carts =>
  new Map([...carts].map(([id, cart]) => [id, foldOn(cart, events.get(id) ?? [])]));

/** Events that came early wait in the event store until the gap before them closes. (A rebuild finds later ones there too: no harm.) */
const waitingOf = async (tx: Tx, carts: Carts): Promise<EventsByCart> => {
  const versions = [...carts.values()].map((cart) => cart?.version ?? 0);
  const { rows } = await tx.executeQuery<EventRow>(CompiledQuery.raw(WAITING, [[...carts.keys()], versions]));
  const recorded = rows.map(envelopeOf).map((envelope) => ({ envelope, event: decodeEvent(envelope) as CartEvent }));
  return Map.groupBy(recorded, ({ envelope }) => envelope.aggregateId);
};

const changedCarts = (before: Carts, after: Carts): readonly CartState[] =>
  [...after.values()].filter((cart) => cart !== null && cart.version !== before.get(cart.id)?.version) as CartState[];

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

/** Read model `cart`: one row per cart, folded in version order. Safe to repeat: a row ignores what is not its next version. */
export const cartProjection = (schema: ReadSchema): Projection => {
  const load = selectByIds(schema, 'cart');
  const write = writeTo(schema);
  return {
    name: 'cart',
    apply: async (tx, batch) => {
      const events = byAggregate<CartEvent>(batch, 'Cart');
      if (events.size === 0) return NO_CHANGES;
      const rows = await load(tx, [...events.keys()]);
      const known = new Map(rows.map((row) => [row.id, cartStateOf(row)]));
      const before: Carts = new Map([...events.keys()].map((id) => [id, known.get(id) ?? null]));
      const folded = foldAll(before, events);
      const after = foldAll(folded, await waitingOf(tx, folded));
      const changed = changedCarts(before, after);
      await write(tx, changed);
      return { ...NO_CHANGES, carts: changed.map(({ id }) => id) };
    },
  };
};
