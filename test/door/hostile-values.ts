import type { CommandName } from '../../src/commands/index.ts';
import type { Things } from './shop.ts';

/** A value that a field must not take, and what is answered instead. */
export interface Hostile {
  readonly value: unknown;
  readonly what: string;
}

const HIGH_HALF = '\ud800';
const LOW_HALF = '\udc00';
const BICYCLE = '\u{1f6b2}';
const ZERO_WIDTH = '\u200b\u200d\ufeff\u2060';

const controls = ['\0', '\u0001', '\u001b', '\u007f', '\u0085'];

/** No text of one line, whatever its bound. */
const noText: readonly Hostile[] = [
  ...controls.map((control) => ({ value: `a${control}b`, what: `control ${JSON.stringify(control)}` })),
  { value: `${HIGH_HALF}x`, what: 'lone high half' },
  { value: `x${LOW_HALF}`, what: 'lone low half' },
  { value: LOW_HALF + HIGH_HALF, what: 'halves the wrong way round' },
  { value: 5, what: 'a number' },
  { value: {}, what: 'an object' },
];

const tooLong = (max: number): readonly Hostile[] => [
  { value: 'x'.repeat(max + 1), what: `${max + 1} characters` },
  { value: BICYCLE.repeat(max + 1), what: `${max + 1} code points` },
  { value: 'x'.repeat(100_000), what: 'a text without end' },
];

const breaks: readonly Hostile[] = [{ value: 'a\nb', what: 'a line break' }];
const empty: Hostile = { value: '', what: 'an empty text' };
const missing: readonly Hostile[] = [null, undefined].map((value) => ({ value, what: String(value) }));

const noNumber: readonly Hostile[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1.5,
  2 ** 53,
  -(2 ** 53),
  2 ** 31,
  -(2 ** 31),
  1e300,
  '1',
  null,
].map((value) => ({ value, what: `the number ${String(value)}` }));
const numbers = (...values: readonly number[]): readonly Hostile[] => [
  ...noNumber,
  ...values.map((value) => ({ value, what: `the number ${value}` })),
];

const NO_FLAGS = [null, undefined, 0, 1, -1, Number.NaN, '', 'true', 'false', 'TRUE', '1', 'yes', 'on', '\0', {}, []];
const flags: readonly Hostile[] = NO_FLAGS.map((value) => ({ value, what: `the flag ${JSON.stringify(value)}` }));

const PREFIXES = {
  Cart: 'cart_',
  Order: 'order_',
  Product: 'prod_',
  DeadLetter: 'dead_',
  Visit: 'visit_',
  UpkeepRun: 'run_',
} as const;
type Kind = keyof typeof PREFIXES;

/** Ids of every other kind, of things that exist and of things that do not, and what is no id. */
const noIdOf = (kind: Kind, { cartId, orderId, productId, letterId, runId }: Things): readonly Hostile[] => {
  const existing: readonly (readonly [Kind, string])[] = [
    ['Cart', cartId],
    ['Order', orderId],
    ['Product', productId],
    ['DeadLetter', letterId],
    ['UpkeepRun', runId],
  ];
  const others = existing.filter(([other]) => other !== kind);
  const prefix = PREFIXES[kind];
  return [
    ...others.map(([other, value]) => ({ value, what: `the id of a ${other} that exists` })),
    ...[...others.map(([other]) => `${PREFIXES[other]}x`), 'event_x', 'pay_x'].map((value) => ({ value, what: value })),
    ...[prefix, `${prefix}a b`, `${prefix}ä`, prefix.toUpperCase() + 1, '__proto__', ` ${prefix}1`, `${prefix}1\n`].map(
      (value) => ({ value, what: JSON.stringify(value) }),
    ),
    ...noText.map(({ value, what }) => ({ value: typeof value === 'string' ? prefix + value : value, what })),
    ...tooLong(100),
    ...missing,
    empty,
  ];
};

const required = (max: number): readonly Hostile[] => [...noText, ...breaks, ...tooLong(max), ...missing, empty];
const optional = (max: number): readonly Hostile[] => [...noText, ...breaks, ...tooLong(max), empty];
const reason = [...noText, ...tooLong(500)];
/** A reason that says nothing. */
const silent: readonly Hostile[] = [empty, { value: ' \n', what: 'only spaces' }];

const currency: readonly Hostile[] = [
  ...noText,
  ...['', 'E', 'eur', 'EURO', 'XAU', 'XXX', 'DEM', 'constructor'].map((value) => ({
    value,
    what: `currency ${value}`,
  })),
  ...missing,
];

const price: readonly Hostile[] = [
  ...['', '-1', '1.505', '1e3', '0x1', '1,00', ' 1', 'NaN', '10000000.01', '9'.repeat(40)].map((value) => ({
    value,
    what: `price ${value}`,
  })),
  ...noText,
  ...missing,
];

const owner: readonly Hostile[] = [
  ...optional(200),
  ...['zoë', 'ann lee', ' ann', BICYCLE].map((value) => ({ value, what: `customer ${value}` })),
];

const invisible: readonly Hostile[] = [' ', ZERO_WIDTH, '\u3164', '\u00ad', '\u2800'].map((value) => ({
  value,
  what: `invisible ${JSON.stringify(value)}`,
}));

/** What surrounds every command. */
export const hostileContexts = (): Readonly<Record<string, readonly Hostile[]>> => ({
  idempotencyKey: [...optional(200), { value: 'k'.repeat(8_000), what: 'a key of 8,000 characters' }],
});

const itemLists = (things: Things): readonly Hostile[] => [
  ...[[], [null], ['prod_1'], {}, 'prod_1'].map((value) => ({ value, what: `items ${JSON.stringify(value)}` })),
  { value: Array.from({ length: 101 }, () => ({ productId: things.productId, quantity: 1 })), what: '101 items' },
  ...noIdOf('Product', things).map(({ value, what }) => ({ value: [{ productId: value, quantity: 1 }], what })),
  ...numbers(0, -1, 1_000).map(({ value, what }) => ({
    value: [
      { productId: things.productId, quantity: 1 },
      { productId: things.productId, quantity: value },
    ],
    what,
  })),
  ...missing,
];

/** For each field of each command, what must be refused as INVALID_INPUT. */
export const hostileFields = (
  things: Things,
): Readonly<Record<CommandName, Readonly<Record<string, readonly Hostile[]>>>> => {
  const cartId = noIdOf('Cart', things);
  const orderId = noIdOf('Order', things);
  const productId = noIdOf('Product', things);
  const letterId = noIdOf('DeadLetter', things);
  const visitorId = noIdOf('Visit', things);
  const cartItemId = required(500);
  return {
    createCart: { customerId: owner, sessionId: optional(500), currency },
    addCartItem: { cartId, productId, quantity: numbers(0, -1, 1_000) },
    addCartItems: { cartId, items: itemLists(things) },
    clearCart: { cartId },
    setCartItemQuantity: { cartId, cartItemId, quantity: numbers(-1, 1_000) },
    removeCartItem: { cartId, cartItemId },
    checkout: { cartId, paymentMethod: [...optional(500), { value: 'gold', what: 'no method' }] },
    claimCarts: { visitorId, customerId: [...owner, ...missing] },
    payOrder: {
      orderId,
      paymentMethod: [...required(500), { value: 'gold', what: 'no method' }],
      reason: [...reason, ...silent],
    },
    cancelOrder: { orderId, reason },
    reorder: { orderId },
    upsertProduct: { id: productId, name: [...required(200), ...invisible], price, currency },
    adjustStock: { productId, delta: numbers(0, 1_000_000_001, -1_000_000_001), reason },
    reduceStock: { productId, quantity: numbers(0, -1, 1_000_000_001) },
    increaseStock: { productId, quantity: numbers(0, -1, 1_000_000_001) },
    retryDeadLetter: { id: letterId, reason: [...reason, ...silent] },
    startVerification: { graceSeconds: numbers(-1, 86_401), pauseSeconds: numbers(-1, 601), fold: flags },
    startReplay: { dryRun: flags },
    cancelUpkeep: { id: noIdOf('UpkeepRun', things) },
    discardDeadLetter: { id: letterId, reason: [...reason, ...missing, ...silent] },
  };
};
