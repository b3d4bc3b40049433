import {
  type CartEvent,
  type Currency,
  type DataOf,
  MAX_LINES,
  MAX_PRICE_MINOR,
  ownerKey,
  type Recorded,
  toMinor,
} from '../../events/index.ts';
import { assertNever } from '../../platform/index.ts';

export interface CartItemView {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** A cart as it is shown. `items` in the order in which they were first added; `version` is the number of its events. */
export interface CartView {
  readonly id: string;
  readonly customerId: string | null;
  readonly sessionId: string | null;
  readonly currency: Currency;
  readonly items: readonly CartItemView[];
  readonly orderId: string | null;
  /** The cart that its lines are in now; null for one that was not merged. */
  readonly mergedInto: string | null;
  readonly version: number;
  /** When its first event occurred: RFC 3339, UTC. */
  readonly createdAt: string;
  /** When its latest event occurred: RFC 3339, UTC. */
  readonly updatedAt: string;
}

export interface CartState extends CartView {
  /** Whose it is: see `ownerKey`. */
  readonly owner: string | null;
}

const addItem = (
  cart: CartState,
  { cartItemId, productId, quantity, unitPrice }: DataOf<'CartItemAdded'>,
): CartState => {
  const known = cart.items.find(({ id }) => id === cartItemId);
  if (known !== undefined) return setQuantity(cart, { cartItemId, quantity: known.quantity + quantity });
  const unitPriceMinor = toMinor(unitPrice, cart.currency);
  // Another service may have written any price: one that this currency cannot hold must not stop the projection.
  if (unitPriceMinor === null || unitPriceMinor > MAX_PRICE_MINOR || cart.items.length >= MAX_LINES) return cart;
  return { ...cart, items: [...cart.items, { id: cartItemId, productId, quantity, unitPriceMinor }] };
};

const setQuantity = (cart: CartState, { cartItemId, quantity }: DataOf<'CartItemQuantityChanged'>): CartState => ({
  ...cart,
  items: cart.items.map((item) => (item.id === cartItemId ? { ...item, quantity } : item)),
});

const evolve = (cart: CartState, event: CartEvent): CartState => {
  switch (event.type) {
    case 'CartCreated':
      return cart;
    case 'CartItemAdded':
      return addItem(cart, event.data);
    case 'CartItemQuantityChanged':
      return setQuantity(cart, event.data);
    case 'CartItemRemoved':
      return { ...cart, items: cart.items.filter(({ id }) => id !== event.data.cartItemId) };
    case 'CartCheckedOut':
      return { ...cart, orderId: event.data.orderId };
    case 'CartMerged':
      return { ...cart, items: [], mergedInto: event.data.intoCartId };
    case 'CartLinesMerged':
      return event.data.lines.reduce(addItem, cart);
  }
  return assertNever(event);
};

/** The events that continue from a version without a gap, one for each version. */
const contiguous = (version: number, events: readonly Recorded<CartEvent>[]): readonly Recorded<CartEvent>[] => {
  const run: Recorded<CartEvent>[] = [];
  for (const each of events.toSorted((one, other) => (one.envelope.version ?? 0) - (other.envelope.version ?? 0))) {
    if (each.envelope.version === version + run.length + 1) run.push(each);
  }
  return run;
};

const created = (run: readonly Recorded<CartEvent>[]): CartState | null => {
  for (const { envelope, event } of run) {
    if (event.type !== 'CartCreated') continue;
    const { customerId, sessionId, currency } = event.data;
    const { aggregateId: id, occurredAt } = envelope;
    const owner = ownerKey(event.data);
    return {
      id,
      owner,
      customerId,
      sessionId,
      currency,
      items: [],
      orderId: null,
      mergedInto: null,
      version: 0,
      createdAt: occurredAt,
      updatedAt: occurredAt,
    };
  }
  return null;
};

/**
 * The cart after those events that follow its version without a gap; early ones are left for later, known ones ignored.
 * Null while its CartCreated is missing.
 */
export const foldOn = (cart: CartState | null, events: readonly Recorded<CartEvent>[]): CartState | null => {
  const run = contiguous(cart?.version ?? 0, events);
  const start = cart ?? created(run);
  if (start === null) return null;
  const folded = run.reduce((state, { event }) => evolve(state, event), start);
  const updatedAt = run.reduce((latest, { envelope }) => maxInstant(latest, envelope.occurredAt), start.updatedAt);
  return { ...folded, version: start.version + run.length, updatedAt };
};

const maxInstant = (one: string, other: string): string => (Date.parse(other) > Date.parse(one) ? other : one);
