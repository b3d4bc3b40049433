import type { Db } from '../../database/index.ts';
import type { Recorded } from '../../events/index.ts';
import { type Asked, isOf, reachedRows } from '../../projection/index.ts';
import { mapped, type Page } from '../keyset.ts';
import { type CartState, type CartView, foldOn } from './cart.ts';
import { CART } from './model.ts';
import { type CartPageRequest, cartRows } from './pages.ts';

const load = reachedRows(CART);

const viewOf = ({ owner: _owner, ...view }: CartState): CartView => view;

/** The cart that these events make, whatever their order; null without its CartCreated. Events of others are passed over. */
export const foldCart = (events: readonly Recorded[]): CartView | null => {
  const cart = foldOn(null, events.filter(isOf('Cart')));
  return cart === null ? null : viewOf(cart);
};

export const cartQueries = {
  /** For each that is asked, the cart; null when there is none, or it is not reached. */
  carts: async (db: Db, asked: readonly Asked[]): Promise<readonly (CartView | null)[]> =>
    (await load(db, asked)).map((cart) => cart && viewOf(cart)),

  /** The newest first. @throws {InvalidCursor} */
  cartPage: async (db: Db, request: CartPageRequest): Promise<Page<CartView>> =>
    mapped(await cartRows(db, request), viewOf),
};
