const PREFIX = 'item_';
/** In no id that panier or another service gives: where it stands, the number of the item begins. */
const SEPARATOR = '/';

const CART_PREFIX = 'cart_';

/** The id of a cart's item as the API shows it, unlike that of any other cart's: of `cart_1` and `2`, `item_1/2`. */
export const shownItemId = (cartId: string, cartItemId: string): string =>
  `${PREFIX}${cartId.slice(CART_PREFIX.length)}${SEPARATOR}${cartItemId}`;

interface ItemName {
  /** Null for an id as events have it, which names an item within whichever cart it is said of. */
  readonly cartId: string | null;
  readonly cartItemId: string;
}

/** What an id of an item says, as the API shows it or as events have it. */
export const itemNameOf = (id: string): ItemName => {
  const at = id.indexOf(SEPARATOR);
  if (!id.startsWith(PREFIX) || at < 0) return { cartId: null, cartItemId: id };
  return { cartId: CART_PREFIX + id.slice(PREFIX.length, at), cartItemId: id.slice(at + 1) };
};
