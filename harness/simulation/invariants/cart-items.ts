import type { JsonObject } from '../../../src/events/index.ts';
import type { Told } from './told.ts';

/** What a cart holds of one product. */
export type Item = readonly [id: string, productId: string, quantity: number];

const added = (items: readonly Item[], line: JsonObject): readonly Item[] => {
  const [id, productId] = [line['cart_item_id'] as string, line['product_id'] as string];
  const more = line['quantity'] as number;
  const known = items.find((item) => item[0] === id);
  if (known === undefined) return [...items, [id, productId, more]];
  return items.map((item) => (item === known ? [id, known[1], known[2] + more] : item));
};

const after = (items: readonly Item[], { envelope: { type, data } }: Told): readonly Item[] => {
  const id = data['cart_item_id'];
  const quantity = data['quantity'] as number;
  if (type === 'CartItemAdded') return added(items, data);
  if (type === 'CartItemRemoved') return items.filter(([known]) => known !== id);
  if (type === 'CartMerged') return [];
  if (type === 'CartLinesMerged') return (data['lines'] as readonly JsonObject[]).reduce(added, items);
  if (type !== 'CartItemQuantityChanged') return items;
  return items.map((item) => (item[0] === id ? [item[0], item[1], quantity] : item));
};

/** What these events of one cart make of it, in the order of their versions. */
export const itemsOf = (events: readonly Told[]): readonly Item[] =>
  events
    .toSorted((one, other) => (one.envelope.version ?? 0) - (other.envelope.version ?? 0))
    .reduce(after, [] as readonly Item[]);
