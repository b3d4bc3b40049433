import type { CartId } from '../../events/index.ts';
import { type Cart, type OpenCart } from '../cart/cart.ts';
import { mergeCart } from '../cart/merge-cart.ts';
import { type Loaded, NOTHING } from '../execution/aggregate.ts';

/** An open cart of the customer, as it was when it was looked for. */
export interface Candidate {
  readonly id: CartId;
  readonly cart: Loaded<Cart> & { readonly state: OpenCart };
  /** Whether it came by the visit that is being claimed. */
  readonly isOfVisit: boolean;
}

export interface Merge {
  readonly sourceId: CartId;
  readonly targetId: CartId;
}

const hasItems = ({ cart }: Candidate): boolean => cart.state.items.length > 0;

/** Where the visit's lines go: into the customer's newest cart, or else into the visit's own newest. */
const targetIn = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.find(({ isOfVisit }) => !isOfVisit) ?? candidates.find(hasItems) ?? candidates[0];

const ofCurrencyOf = (candidates: readonly Candidate[], { cart }: Candidate): readonly Candidate[] =>
  candidates.filter((each) => each.cart.state.currency === cart.state.currency);

/** Of a list in which the newest come first: which of the visit's carts go into which cart. A cart for each currency. */
export const planMerges = (candidates: readonly Candidate[]): readonly Merge[] =>
  candidates.flatMap((source) => {
    const target = targetIn(ofCurrencyOf(candidates, source));
    if (!source.isOfVisit || target === undefined || mergeCart(source.cart, target.cart) === NOTHING) return [];
    return [{ sourceId: source.id, targetId: target.id }];
  });

/** The cart that a shop shows next: where the lines that the visitor saw last are now; null when nothing is open. */
export const cartToShow = (candidates: readonly Candidate[]): Candidate | null => {
  const latest = candidates.find((each) => each.isOfVisit && hasItems(each));
  const shown = latest === undefined ? candidates : ofCurrencyOf(candidates, latest);
  return targetIn(shown) ?? null;
};
