import type { CartEvent, Recorded } from '../../events/index.ts';
import { aggregateIds, byAggregate, folded, isOf, type ReadModel, type Table } from '../../projection/index.ts';
import { type CartState, foldOn } from './cart.ts';

export const CART: Table<CartState> = {
  name: 'cart',
  key: ['id'],
  columns: {
    id: 'text',
    owner: 'text',
    customerId: 'text',
    sessionId: 'text',
    currency: 'text',
    items: 'json',
    orderId: 'text',
    mergedInto: 'text',
    version: 'integer',
    updatedAt: 'timestamptz',
  },
};

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

/** One row per cart, folded in version order. Safe to repeat: a row ignores what is not its next version. */
export const CARTS: ReadModel<'carts'> = {
  name: 'carts',
  version: 3,
  tables: [CART],
  concerns: { Cart: 'Itself' },
  projection: (storage) => {
    const rows = storage.rows(CART);
    const waitingFor = storage.events.waiting(CART, 'Cart');
    return async (tx, { batch, below }) => {
      const ids = aggregateIds(batch, 'Cart');
      if (ids.length === 0) return async () => folded();
      const [carts, early] = await Promise.all([rows.load(tx, ids), waitingFor(tx, ids, below)]);
      const waiting = early.filter(isOf('Cart'));
      return async (events) => {
        const changed = changedCarts({ carts, waiting }, byAggregate(events, 'Cart'));
        return folded(
          changed.map(({ id }) => id),
          rows.write(tx, changed),
        );
      };
    };
  },
};
