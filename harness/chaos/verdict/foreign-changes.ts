import type { Change, Entry } from '../../inventory/index.ts';
import type { Foreign } from './records.ts';

/** A change that an inventory elsewhere has made, and whose it is by its key; null when the key says nothing. */
export interface ForeignChange extends Change {
  readonly of: { readonly orderId: string; readonly productId: string; readonly direction: string } | null;
}

const KEY = /^(order_[^:]+):(.+):(reduce|increase)$/;

const ownerOf = (key: string | null): ForeignChange['of'] => {
  const [, orderId, productId, direction] = KEY.exec(key ?? '') ?? [];
  if (orderId === undefined || productId === undefined || direction === undefined) return null;
  return { orderId, productId, direction };
};

const isChanged = (entry: Entry): entry is Extract<Entry, { readonly type: 'Answered' }> =>
  entry.type === 'Answered' && entry.ending.type === 'Changed';

/** All changes that were made, in their order. */
export const changesOf = ({ history }: Foreign): readonly ForeignChange[] =>
  history.filter(isChanged).map(({ change }) => ({ ...change, of: ownerOf(change.key) }));

/** The lines of the inventory's log about an order or a product, the last ones. */
export const foreignTrail = ({ history }: Foreign, about: string): readonly string[] =>
  history
    .filter((entry) => entry.type !== 'Troubled' && JSON.stringify(entry).includes(about))
    .slice(-12)
    .map((entry) => JSON.stringify(entry));

/** What an order has taken and not given back, by product; products of which it has nothing are left out. */
export const netOf = (changes: readonly ForeignChange[]): ReadonlyMap<string, number> => {
  const net = new Map<string, number>();
  for (const { productId, direction, quantity } of changes) {
    const left = (net.get(productId) ?? 0) + (direction === 'reduce' ? quantity : -quantity);
    if (left === 0) net.delete(productId);
    else net.set(productId, left);
  }
  return net;
};
