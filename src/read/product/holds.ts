import { CompiledQuery } from 'kysely';
import type { Tx } from '../../database/index.ts';
import type { OrderEvent } from '../../events/index.ts';
import { byAggregate, type ReadSchema, type StoredRecorded } from '../projection.ts';
import { upsert } from '../upsert.ts';
import { changeOf, concernsHold, evolveHold, type Hold, NO_HOLD, type StockDelta } from './hold.ts';

interface HoldRow {
  readonly order_id: string;
  readonly facts: Hold;
}

/** Folds a batch into the orders' holds; returns how that changes the products' numbers, line by line. */
export const openHolds = (schema: ReadSchema) => {
  const select = `select order_id, facts from ${schema}.hold where order_id = any($1::text[])`;
  const write = upsert<HoldRow>(`${schema}.hold`, [
    ['order_id', 'text', ({ order_id }) => order_id],
    ['facts', 'json', ({ facts }) => JSON.stringify(facts)],
  ]);
  const load = async (tx: Tx, orderIds: readonly string[]): Promise<ReadonlyMap<string, Hold>> => {
    const { rows } = await tx.executeQuery<HoldRow>(CompiledQuery.raw(select, [orderIds]));
    return new Map(rows.map(({ order_id, facts }) => [order_id, facts]));
  };
  return async (tx: Tx, batch: readonly StoredRecorded[]): Promise<readonly (readonly [string, StockDelta])[]> => {
    const events = holdEvents(batch);
    if (events.size === 0) return [];
    const known = await load(tx, [...events.keys()]);
    const folded = [...events].map(([order_id, each]) => ({
      order_id,
      before: known.get(order_id) ?? NO_HOLD,
      facts: each.reduce(evolveHold, known.get(order_id) ?? NO_HOLD),
    }));
    await write(tx, folded);
    return folded.flatMap(({ before, facts }) => changeOf(before, facts));
  };
};

const holdEvents = (batch: readonly StoredRecorded[]): ReadonlyMap<string, readonly StoredRecorded<OrderEvent>[]> => {
  const ofOrders = byAggregate<OrderEvent>(batch, 'Order');
  return new Map(
    [...ofOrders]
      .map(([id, events]) => [id, events.filter(concernsHold)] as const)
      .filter(([, events]) => events.length > 0),
  );
};
