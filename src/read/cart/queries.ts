import type { Db } from '../../database/index.ts';
import type { Recorded } from '../../events/index.ts';
import { isOf, LIVE, postgresRows } from '../../projection/index.ts';
import { type CartState, type CartView, foldOn } from './cart.ts';
import { CART } from './model.ts';

const { load } = postgresRows(LIVE, CART);

const viewOf = ({ updatedAt: _, ...view }: CartState): CartView => view;

/** The cart that these events make, whatever their order; null without its CartCreated. Events of others are passed over. */
export const foldCart = (events: readonly Recorded[]): CartView | null => {
  const cart = foldOn(null, events.filter(isOf('Cart')));
  return cart === null ? null : viewOf(cart);
};

export const cartQueries = {
  carts: async (db: Db, ids: readonly string[]): Promise<readonly CartView[]> => (await load(db, ids)).map(viewOf),
};
