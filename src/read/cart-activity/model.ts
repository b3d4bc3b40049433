import { aggregateIds, byAggregate, folded, type ReadModel, type Table } from '../../projection/index.ts';
import { type CartActivity, noActivity, withEvent } from './cart-activity.ts';

export const CART_ACTIVITY: Table<CartActivity> = {
  name: 'cart_activity',
  key: ['id'],
  columns: {
    id: 'text',
    items: 'json',
    isCreated: 'boolean',
    isCheckedOut: 'boolean',
    isWaiting: 'boolean',
    changedAt: 'timestamptz',
  },
};

/** One row per cart. Safe to repeat and to reorder: a row depends on the set of the cart's events alone. */
export const CART_ACTIVITIES: ReadModel<'cartActivities'> = {
  name: 'cartActivities',
  version: 2,
  tables: [CART_ACTIVITY],
  // Nobody waits for it: it changes most by time going on.
  concerns: {},
  projection: (storage) => {
    const rows = storage.rows(CART_ACTIVITY);
    return async (tx, { batch }) => {
      const ids = aggregateIds(batch, 'Cart');
      if (ids.length === 0) return async () => folded();
      const known = new Map((await rows.load(tx, ids)).map((row) => [row.id, row]));
      return async (events) => {
        const changed = [...byAggregate(events, 'Cart')].map(([id, each]) =>
          each.reduce(withEvent, known.get(id) ?? noActivity(id)),
        );
        return folded([], rows.write(tx, changed));
      };
    };
  },
};
