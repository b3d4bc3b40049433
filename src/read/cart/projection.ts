import type { CartEvent, Recorded } from '../../events/index.ts';
import { aggregateIds, byAggregate, folded, type Projection } from '../projection.ts';
import type { CartRows } from '../read-store.ts';
import { type CartState, foldOn } from './cart.ts';

interface Known {
  readonly carts: readonly CartState[];
  /** Events that came early, and waited in the event store until the gap before them closes. */
  readonly waiting: readonly Recorded<CartEvent>[];
}

const changedCarts = ({ carts, waiting }: Known, events: ReadonlyMap<string, readonly Recorded<CartEvent>[]>) => {
  const known = new Map(carts.map((cart) => [cart.id, cart]));
  const early = Map.groupBy(waiting, ({ envelope }) => envelope.aggregateId);
  return [...events].flatMap(([id, each]) => {
    const before = known.get(id) ?? null;
    const after = foldOn(before, [...each, ...(early.get(id) ?? [])]);
    return after === null || after.version === before?.version ? [] : [after];
  });
};

/** Read model `cart`: one row per cart, folded in version order. Safe to repeat: a row ignores what is not its next version. */
export const cartProjection = <T>(rows: CartRows<T>): Projection<T> => ({
  name: 'cart',
  prepare: async (tx, { batch, below }) => {
    const ids = aggregateIds(batch, 'Cart');
    if (ids.length === 0) return async () => folded({});
    const [carts, waiting] = await Promise.all([rows.load(tx, ids), rows.waiting(tx, ids, below)]);
    return async (events) => {
      const changed = changedCarts({ carts, waiting }, byAggregate(events, 'Cart'));
      return folded({ carts: changed.map(({ id }) => id) }, rows.write(tx, changed));
    };
  },
});
