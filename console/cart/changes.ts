/** An event of a cart, as the API tells of it. */
export interface CartEvent {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly data: unknown;
}

/** What an event did to a cart. Prices are decimal texts. */
export type Change =
  | { readonly kind: 'Created' }
  | {
      readonly kind: 'Added';
      readonly item: string;
      readonly productId: string;
      readonly quantity: number;
      readonly price: string;
    }
  | {
      readonly kind: 'Quantity';
      readonly item: string;
      readonly productId: string;
      readonly before: number;
      readonly after: number;
    }
  | { readonly kind: 'Removed'; readonly item: string; readonly productId: string; readonly before: number }
  | { readonly kind: 'CheckedOut'; readonly orderId: string }
  | { readonly kind: 'MergedInto'; readonly cartId: string }
  | { readonly kind: 'TookIn'; readonly cartId: string; readonly items: readonly string[] }
  /** Of a type that this page does not know. */
  | { readonly kind: 'Other'; readonly type: string };

/** What happened to a cart at one instant, between two of which it can be looked at. */
export interface Moment {
  readonly at: string;
  readonly changes: readonly { readonly eventId: string; readonly change: Change }[];
}

interface Line {
  readonly productId: string;
  readonly quantity: number;
}

type Lines = Map<string, Line>;
type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (data: unknown): Fields => (typeof data === 'object' && data !== null ? (data as Fields) : {});
const textOf = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};
const numberOf = (fields: Fields, name: string): number => {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
};

const NO_LINE: Line = { productId: '', quantity: 0 };

const add = (lines: Lines, fields: Fields): Extract<Change, { readonly kind: 'Added' }> => {
  const item = textOf(fields, 'cart_item_id');
  const [productId, quantity] = [textOf(fields, 'product_id'), numberOf(fields, 'quantity')];
  lines.set(item, { productId, quantity: (lines.get(item) ?? NO_LINE).quantity + quantity });
  return { kind: 'Added', item, productId, quantity, price: textOf(fields, 'unit_price') };
};

const setQuantity = (lines: Lines, fields: Fields): Change => {
  const item = textOf(fields, 'cart_item_id');
  const { productId, quantity: before } = lines.get(item) ?? NO_LINE;
  const after = numberOf(fields, 'quantity');
  lines.set(item, { productId, quantity: after });
  return { kind: 'Quantity', item, productId, before, after };
};

const remove = (lines: Lines, fields: Fields): Change => {
  const item = textOf(fields, 'cart_item_id');
  const { productId, quantity: before } = lines.get(item) ?? NO_LINE;
  lines.delete(item);
  return { kind: 'Removed', item, productId, before };
};

const takeIn = (lines: Lines, fields: Fields): Change => {
  const given = Array.isArray(fields['lines']) ? (fields['lines'] as readonly unknown[]) : [];
  const items = given.map((line) => add(lines, fieldsOf(line)).item);
  return { kind: 'TookIn', cartId: textOf(fields, 'from_cart_id'), items };
};

const changeBy = (lines: Lines, { type, data }: CartEvent): Change => {
  const fields = fieldsOf(data);
  switch (type) {
    case 'CartCreated':
      return { kind: 'Created' };
    case 'CartItemAdded':
      return add(lines, fields);
    case 'CartItemQuantityChanged':
      return setQuantity(lines, fields);
    case 'CartItemRemoved':
      return remove(lines, fields);
    case 'CartCheckedOut':
      return { kind: 'CheckedOut', orderId: textOf(fields, 'order_id') };
    case 'CartMerged':
      return { kind: 'MergedInto', cartId: textOf(fields, 'into_cart_id') };
    case 'CartLinesMerged':
      return takeIn(lines, fields);
    default:
      return { kind: 'Other', type };
  }
};

/** The moments of a cart, oldest first. What happened within one millisecond cannot be told apart by `asOf`, and is one moment. */
export const momentsOf = (events: readonly CartEvent[]): readonly Moment[] => {
  const lines: Lines = new Map();
  const changes = events.map((event) => ({
    at: event.occurredAt,
    eventId: event.eventId,
    change: changeBy(lines, event),
  }));
  return [...Map.groupBy(changes, ({ at }) => at)].map(([at, these]) => ({ at, changes: these }));
};

/** The items that a moment has changed and that are there after it. */
export const itemsOf = ({ changes }: Moment): ReadonlySet<string> =>
  new Set(
    changes.flatMap(({ change }) => {
      if (change.kind === 'Added' || change.kind === 'Quantity') return [change.item];
      return change.kind === 'TookIn' ? change.items : [];
    }),
  );

/** The products that the moments name. */
export const productsOf = (moments: readonly Moment[]): readonly string[] => [
  ...new Set(
    moments.flatMap(({ changes }) =>
      changes.flatMap(({ change }) => ('productId' in change ? [change.productId] : [])),
    ),
  ),
];
