import type { Table } from '../../projection/index.ts';
import type { CartState } from './cart.ts';

/** That a product is in a cart: by it the cart is in the list of the product. */
export interface CartProduct {
  readonly cartId: string;
  readonly productId: string;
  /** As the cart has it, so that the list of a product is in its order. */
  readonly updatedAt: string;
}

export const CART_PRODUCT: Table<CartProduct> = {
  name: 'cart_product',
  key: ['cartId', 'productId'],
  columns: { cartId: 'text', productId: 'text', updatedAt: 'timestamptz' },
};

type Filled = Pick<CartState, 'id' | 'items' | 'updatedAt'>;

const productsOf = ({ items }: Filled): readonly string[] => [...new Set(items.map(({ productId }) => productId))];

interface ProductChanges {
  readonly came: readonly CartProduct[];
  readonly went: readonly CartProduct[];
}

/** What of a cart's products changes with the cart: each of them whenever the cart is changed, for its place in the lists. */
export const productChanges = (cart: Filled, known: Filled | undefined): ProductChanges => {
  const { id: cartId, updatedAt } = cart;
  const now = productsOf(cart);
  const before = known === undefined ? [] : productsOf(known);
  const rowOf = (productId: string): CartProduct => ({ cartId, productId, updatedAt });
  return {
    came: now.filter((each) => known?.updatedAt !== updatedAt || !before.includes(each)).map(rowOf),
    went: before.filter((each) => !now.includes(each)).map(rowOf),
  };
};
