import { type BareEvent, type Life } from './life.ts';
import { addingTo, type Column, inserting, updating } from './rows.ts';

const NOW = (): string => new Date().toISOString();

/** A cart with so many items; which of its events the last one is. */
export interface Filled {
  readonly life: Life;
  readonly items: number;
  readonly version: number;
}

const cartItems = ({ life, items }: Filled): string =>
  JSON.stringify(
    life.products
      .slice(0, items)
      .map((productId, nth) => ({ id: String(nth + 1), productId, quantity: 1, unitPriceMinor: 1_990 })),
  );

const isOver = ({ version }: Filled): boolean => version === 4;

const CART: readonly Column<Filled>[] = [
  ['id', 'text', ({ life }) => life.cartId],
  ['currency', 'text', () => 'EUR'],
  ['items', 'json', cartItems],
  ['order_id', 'text', (filled) => (isOver(filled) ? filled.life.orderId : null)],
  ['version', 'integer', ({ version }) => version],
  ['created_at', 'timestamptz', NOW],
  ['updated_at', 'timestamptz', NOW],
];

const ACTIVITY: readonly Column<Filled>[] = [
  ['id', 'text', ({ life }) => life.cartId],
  [
    'items',
    'json',
    ({ items }) => JSON.stringify(Array.from({ length: items }, (_, nth) => [String(nth + 1), nth + 2])),
  ],
  ['is_created', 'boolean', () => true],
  ['is_checked_out', 'boolean', isOver],
  ['is_waiting', 'boolean', (filled) => !isOver(filled) && filled.items > 0],
  ['changed_at', 'timestamptz', NOW],
];

export const showCarts = inserting('read.cart', CART);
export const changeCarts = updating('read.cart', CART);
export const showActivity = inserting('read.cart_activity', ACTIVITY);
export const changeActivity = updating('read.cart_activity', ACTIVITY);

/** A product of a checkout. */
export interface Line {
  readonly life: Life;
  readonly productId: string;
}

export const linesOf = (lives: readonly Life[]): readonly Line[] =>
  lives.flatMap((life) => life.products.map((productId) => ({ life, productId })));

export const showCartProducts = inserting<Line>('read.cart_product', [
  ['cart_id', 'text', ({ life }) => life.cartId],
  ['product_id', 'text', ({ productId }) => productId],
  ['created_at', 'timestamptz', NOW],
]);

const FACT_NAMES = {
  created: 'ordered',
  reserved: 'reserved',
  paymentRequested: 'requested',
  confirmed: 'confirmed',
  succeeded: 'succeeded',
} as const satisfies Readonly<Record<string, keyof Life>>;

const NO_FACT = {
  reservationFailed: null,
  paymentFailed: null,
  reported: null,
  rejected: null,
  cancelled: null,
  compensated: null,
  isChargeAnswered: true,
  refunded: {},
  asides: [],
  moreAsides: 0,
};

const factOf = ({ eventId, data }: BareEvent): string =>
  `{"eventId":"${eventId}","occurredAt":"${NOW()}","data":${data}}`;

/** By the payment's id: an order may have several. */
const keptAs = ({ paymentId }: Life, name: keyof typeof FACT_NAMES, fact: string): string =>
  name === 'succeeded' ? `{"${paymentId}":${fact}}` : fact;

/** These facts of an order, as the row keeps them. */
const factsOf = (life: Life, names: readonly (keyof typeof FACT_NAMES)[]): string =>
  `{${names.map((name) => `"${name}":${keptAs(life, name, factOf(life[FACT_NAMES[name]]))}`).join(',')},${JSON.stringify(NO_FACT).slice(1)}`;

/** An order after so many of its steps. */
export interface Known {
  readonly life: Life;
  readonly revision: number;
  readonly status: string;
  readonly facts: readonly (keyof typeof FACT_NAMES)[];
}

const ORDER: readonly Column<Known>[] = [
  ['id', 'text', ({ life }) => life.orderId],
  ['cart_id', 'text', ({ life }) => life.cartId],
  ['status', 'text', ({ status }) => status],
  ['revision', 'integer', ({ revision }) => revision],
  ['facts', 'json', ({ life, facts }) => factsOf(life, facts)],
  ['created_at', 'timestamptz', NOW],
  ['updated_at', 'timestamptz', NOW],
  ['is_complete', 'boolean', ({ status }) => status === 'CONFIRMED'],
];

export const showOrders = inserting('read."order"', ORDER);
export const changeOrders = updating('read."order"', ORDER);

export interface Step {
  readonly orderId: string;
  readonly revision: number;
  readonly position: string;
  readonly status: string;
}

export const showSteps = inserting<Step>('read.order_step', [
  ['order_id', 'text', ({ orderId }) => orderId],
  ['revision', 'integer', ({ revision }) => revision],
  ['event_position', 'bigint', ({ position }) => position],
  ['status', 'text', ({ status }) => status],
]);

export interface Term {
  readonly orderId: string;
  readonly term: string;
}

export const showTerms = inserting<Term>('read.order_term', [
  ['order_id', 'text', ({ orderId }) => orderId],
  ['term', 'text', ({ term }) => term],
  ['created_at', 'timestamptz', NOW],
]);

const HOLD: readonly Column<Known>[] = [
  ['order_id', 'text', ({ life }) => life.orderId],
  ['facts', 'json', ({ life, facts }) => factsOf(life, facts)],
];
export const showHolds = inserting('read.hold', HOLD);
export const changeHolds = updating('read.hold', HOLD);

export const productTermsOf = (lives: readonly Life[]): readonly Term[] =>
  linesOf(lives).map(({ life: { orderId }, productId }) => ({ orderId, term: `product:${productId}` }));

export const statusTermsOf = (lives: readonly Life[]): readonly Term[] =>
  lives.map(({ orderId }) => ({ orderId, term: 'status:CONFIRMED' }));

export interface Count {
  readonly status: string;
  readonly orders: number;
}

export const countOrders = addingTo<Count>('read.order_count', [
  ['status', 'text', ({ status }) => status],
  ['orders', 'integer', ({ orders }) => orders],
]);

export interface Tally {
  readonly series: string;
  readonly orders: number;
}

/** As panier, all six at once, so that nobody waits for another in a circle. */
export const countsOf = (happened: string, orders: number): readonly Count[] => {
  const [from, to] = happened === 'CREATED' ? ['', 'PENDING'] : ['PENDING', happened];
  const statuses = ['AWAITING_PAYMENT', 'CANCELLED', 'COMPENSATING', 'CONFIRMED', 'PENDING', 'REJECTED'];
  return statuses.map((status) => ({ status, orders: status === to ? orders : status === from ? -orders : 0 }));
};

/** By the second, by ten, by five minutes. */
export const talliesOf = (happened: string, orders: number): readonly Tally[] =>
  ['1', '10', '300'].map((length) => ({ series: `count ${happened} ${length}`, orders }));

const SECOND_MS = 1_000;
export const tally = inserting<Tally>(
  'read.order_tally as kept',
  [
    ['series', 'text', ({ series }) => series],
    ['at', 'timestamptz', () => new Date(Math.floor(Date.now() / SECOND_MS) * SECOND_MS).toISOString()],
    ['bin', 'integer', () => 0],
    ['orders', 'integer', ({ orders }) => orders],
  ],
  'on conflict (series, at, bin) do update set orders = kept.orders + excluded.orders',
);
