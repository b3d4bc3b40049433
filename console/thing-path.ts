/** Where the console shows a product. */
export const productPath = (id: string): string => `/products?product=${encodeURIComponent(id)}`;

/** Where the console shows what has that id; null where it shows no such thing. */
export const thingPath = (id: string): string | null => {
  if (id.startsWith('order_')) return `/orders/${id}`;
  if (id.startsWith('cart_')) return `/carts/${id}`;
  if (id.startsWith('prod_')) return productPath(id);
  return null;
};
