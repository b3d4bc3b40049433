/** Where the console shows what has this id; null: nowhere. */
export const pathOf = (id: string): string | null => {
  if (id.startsWith('order_')) return `/orders/${id}`;
  if (id.startsWith('cart_')) return `/carts/${id}`;
  return id.startsWith('dead_') ? '/dead-letters' : null;
};
