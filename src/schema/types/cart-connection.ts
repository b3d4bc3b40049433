import { Cart } from './cart.ts';
import { connectionOf, edgeOf } from './connection.ts';

export const CartConnection = connectionOf(
  Cart,
  edgeOf(Cart, (t) => t.field({ type: Cart, description: 'The Cart.', resolve: ({ node }) => node })),
);
