import { itemsOf } from './cart-items.ts';
import { linesOf, sameLines, type Told } from './told.ts';
import type { Rule, Violation } from './violation.ts';

const heldBy = (events: readonly Told[]): ReadonlyMap<string, number> =>
  new Map(itemsOf(events).map(([, productId, quantity]) => [productId, quantity]));

const problemOf = (merged: Told, told: readonly Told[]): string | null => {
  const { aggregateId: cartId, data } = merged.envelope;
  const own = told.filter(({ envelope }) => envelope.aggregateId === cartId);
  if (own.some(({ sequence }) => sequence > merged.sequence)) return 'changed after it was merged';
  const gains = told.filter(
    ({ envelope }) => envelope.type === 'CartLinesMerged' && envelope.data['from_cart_id'] === cartId,
  );
  const [gain, ...more] = gains;
  if (gain === undefined || more.length > 0) return `its lines were moved ${gains.length} times`;
  if (gain.envelope.aggregateId !== data['into_cart_id']) return 'its lines are not where it says';
  const before = own.filter((each) => each !== merged);
  return sameLines(linesOf(gain), heldBy(before)) ? null : 'other lines were moved than it had';
};

/** What claims move is all there, once. */
export const mergesAreWhole: Rule = ({ told }) => {
  const moved = told.filter(({ envelope }) => envelope.type === 'CartLinesMerged').length;
  const merged = told.filter(({ envelope }) => envelope.type === 'CartMerged');
  const wrong = merged.flatMap((each): readonly Violation[] => {
    const what = problemOf(each, told);
    return what === null ? [] : [{ rule: 'merges are whole', what, aggregateId: each.envelope.aggregateId }];
  });
  const what = `${merged.length} carts were merged, and lines came ${moved} times`;
  return moved === merged.length ? wrong : [...wrong, { rule: 'merges are whole', what }];
};
