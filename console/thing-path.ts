/** Where the console shows what has that id; null where it shows no such thing. */
export const thingPath = (id: string): string | null => {
  if (id.startsWith('order_')) return `/orders/${id}`;
  if (id.startsWith('cart_')) return `/carts/${id}`;
  if (id.startsWith('prod_')) return `/products?product=${encodeURIComponent(id)}`;
  return null;
};
