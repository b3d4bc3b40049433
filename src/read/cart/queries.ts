import type { Db } from '../../database/index.ts';
import type { CartEvent, Recorded } from '../../events/index.ts';
import { selectByIds } from '../select-by-ids.ts';
import { type CartState, type CartView, foldOn } from './cart.ts';
import { cartStateOf } from './cart-row.ts';

const select = selectByIds('read', 'cart');

const viewOf = ({ updatedAt: _, ...view }: CartState): CartView => view;

export const cartsByIds = async (db: Db, ids: readonly string[]): Promise<readonly CartView[]> =>
  (await select(db, ids)).map((row) => viewOf(cartStateOf(row)));

/** The cart that these events make, whatever their order; null without its CartCreated. Events of others are passed over. */
export const foldCart = (events: readonly Recorded[]): CartView | null => {
  const cart = foldOn(null, events.filter(isOfCart));
  return cart === null ? null : viewOf(cart);
};

const isOfCart = (recorded: Recorded): recorded is Recorded<CartEvent> => recorded.envelope.aggregateType === 'Cart';
