import { MAX_LINES, MAX_QUANTITY, type MergedLine, toDecimal } from '../../events/index.ts';
import { type Decision, type Loaded, NOTHING } from '../execution/aggregate.ts';
import type { Cart, CartItem, OpenCart } from './cart.ts';
import { withinChanges } from './limit-changes.ts';

/** The line as it is after the merge: of a product that the cart has already, more at the price that it has there. */
const mergedLine = (target: OpenCart, { productId, quantity, unitPriceMinor }: CartItem, nth: number): MergedLine => {
  const known = target.items.find((item) => item.productId === productId);
  const cartItemId = known?.id ?? String(target.itemsAdded + nth + 1);
  const unitPrice = toDecimal(known?.unitPriceMinor ?? unitPriceMinor, target.currency);
  return { cartItemId, productId, quantity, unitPrice };
};

/** New lines are numbered as though they were added one by one. */
const mergedLines = (source: OpenCart, target: OpenCart): readonly MergedLine[] => {
  const known = new Set(target.items.map(({ productId }) => productId));
  const isNew = ({ productId }: CartItem): boolean => !known.has(productId);
  const added = source.items.filter(isNew);
  return source.items.map((item) => mergedLine(target, item, added.indexOf(item)));
};

const fits = (lines: readonly MergedLine[], { items }: OpenCart): boolean => {
  const before = new Map(items.map(({ productId, quantity }) => [productId, quantity]));
  const more = lines.filter(({ productId }) => !before.has(productId)).length;
  const isWithin = ({ productId, quantity }: MergedLine): boolean =>
    (before.get(productId) ?? 0) + quantity <= MAX_QUANTITY;
  return items.length + more <= MAX_LINES && lines.every(isWithin);
};

/**
 * Moves all lines of one cart into another, or none of them: then nothing is decided, and both stay as they are. A cart of
 * another currency does not go in, nor one with which there would be more lines, or more of a product, than a cart holds.
 */
export const mergeCart = (source: Loaded<Cart>, target: Loaded<Cart>): Decision => {
  const [from, into] = [source.state, target.state];
  if (from.status !== 'Open' || into.status !== 'Open' || source.id === target.id) return NOTHING;
  if (from.items.length === 0 || from.currency !== into.currency) return NOTHING;
  const lines = mergedLines(from, into);
  const merged = { type: 'CartLinesMerged', data: { fromCartId: source.id, lines } } as const;
  const isAllowed = fits(lines, into) && withinChanges(target.version, into, { events: [merged] }).ok;
  if (!isAllowed) return NOTHING;
  return { events: [{ type: 'CartMerged', data: { intoCartId: target.id } }], ofSecond: [merged] };
};
