import type { CartEvent } from '../../events/index.ts';
import type { StoredRecorded } from '../../projection/index.ts';

/** An item, and the version of the event that last put it in; negative: that last took it out. */
type Item = readonly [id: string, version: number];

/** What has happened to a cart, as far as it tells whether the cart was left behind: a function of the set of its events. */
export interface CartActivity {
  readonly id: string;
  readonly items: readonly Item[];
  readonly isCreated: boolean;
  /** It is an order, or its lines are in another cart. */
  readonly isCheckedOut: boolean;
  /** It exists, is neither, and has items. */
  readonly isWaiting: boolean;
  /** When the event store took in the latest of its events, by the database's clock. */
  readonly changedAt: string;
}

const EPOCH = new Date(0).toISOString();

export const noActivity = (id: string): CartActivity => ({
  id,
  items: [],
  isCreated: false,
  isCheckedOut: false,
  isWaiting: false,
  changedAt: EPOCH,
});

/** Of two events of one version, as only damaged input has them, the one that takes out stands. */
const isLater = (one: number, other: number): boolean =>
  Math.abs(one) === Math.abs(other) ? one < other : Math.abs(one) > Math.abs(other);

const withItem = (items: readonly Item[], [id, version]: Item): readonly Item[] => {
  const known = items.find((item) => item[0] === id);
  if (known !== undefined && !isLater(version, known[1])) return items;
  const others = items.filter((item) => item !== known);
  return [...others, [id, version] as const].toSorted(([one], [other]) => (one < other ? -1 : 1));
};

const itemsAfter = (items: readonly Item[], { envelope, event }: StoredRecorded<CartEvent>): readonly Item[] => {
  const version = envelope.version ?? 0;
  if (event.type === 'CartLinesMerged') {
    return event.data.lines.reduce((all, { cartItemId }) => withItem(all, [cartItemId, version]), items);
  }
  if (event.type === 'CartItemAdded') return withItem(items, [event.data.cartItemId, version]);
  return event.type === 'CartItemRemoved' ? withItem(items, [event.data.cartItemId, -version]) : items;
};

/** The activity after one more event, whichever comes first. */
export const withEvent = (before: CartActivity, recorded: StoredRecorded<CartEvent>): CartActivity => {
  const { event, recordedAt } = recorded;
  const items = itemsAfter(before.items, recorded);
  const isCreated = before.isCreated || event.type === 'CartCreated';
  const isCheckedOut = before.isCheckedOut || event.type === 'CartCheckedOut' || event.type === 'CartMerged';
  return {
    id: before.id,
    items,
    isCreated,
    isCheckedOut,
    isWaiting: isCreated && !isCheckedOut && items.some(([, version]) => version > 0),
    changedAt: recordedAt > before.changedAt ? recordedAt : before.changedAt,
  };
};
