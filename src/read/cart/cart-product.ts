import type { Table } from '../../projection/index.ts';
import type { CartState } from './cart.ts';

/** That a product is in a cart: by it the cart is in the list of the product. */
export interface CartProduct {
  readonly cartId: string;
  readonly productId: string;
  /** As the cart has it, so that the list of a product is in its order. */
  readonly createdAt: string;
}

export const CART_PRODUCT: Table<CartProduct> = {
  name: 'cart_product',
  key: ['cartId', 'productId'],
  columns: { cartId: 'text', productId: 'text', createdAt: 'timestamptz' },
};

type Filled = Pick<CartState, 'id' | 'items' | 'createdAt'>;

const productsOf = ({ items }: Filled): ReadonlySet<string> => new Set(items.map(({ productId }) => productId));

interface ProductChanges {
  readonly came: readonly CartProduct[];
  readonly went: readonly CartProduct[];
}

/** What of a cart's products changes with the cart: quantities and prices alone change none of them. */
export const productChanges = (cart: Filled, known: Filled | undefined): ProductChanges => {
  const { id: cartId, createdAt } = cart;
  const now = productsOf(cart);
  const before = known === undefined ? new Set<string>() : productsOf(known);
  const rowOf = (productId: string): CartProduct => ({ cartId, productId, createdAt });
  return { came: [...now.difference(before)].map(rowOf), went: [...before.difference(now)].map(rowOf) };
};
