import {
  learn,
  linesHeld,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type Recorded,
  type StockLine,
} from '../../events/index.ts';

/** What is known of an order's hold on the stock. A plain JSON value, and a function of the set of the order's events. */
export interface Hold {
  readonly reserved: OrderFacts['reserved'];
  readonly compensated: OrderFacts['compensated'];
  /** What it holds is sold: it was paid, or confirmed. */
  readonly sold: boolean;
}

/** How the numbers of a product change. */
export interface StockDelta {
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

export const NO_DELTA: StockDelta = { available: 0, reserved: 0, sold: 0 };
export const NO_HOLD: Hold = { reserved: null, compensated: null, sold: false };

const HOLDING = ['StockReserved', 'StockCompensated', 'PaymentSucceeded', 'OrderConfirmed'];

/** Whether the event may change what its order holds. */
export const concernsHold = ({ event }: Pick<Recorded, 'event'>): boolean => HOLDING.includes(event.type);

export const evolveHold = ({ reserved, compensated, sold }: Hold, recorded: Recorded<OrderEvent>): Hold => {
  const facts = learn({ ...NOTHING_KNOWN, reserved, compensated }, recorded);
  const { type } = recorded.event;
  return {
    reserved: facts.reserved,
    compensated: facts.compensated,
    sold: sold || type === 'PaymentSucceeded' || type === 'OrderConfirmed',
  };
};

export const add = (one: StockDelta, other: StockDelta): StockDelta => ({
  available: one.available + other.available,
  reserved: one.reserved + other.reserved,
  sold: one.sold + other.sold,
});

const effectOf = ({ quantity }: StockLine, isSold: boolean): StockDelta =>
  isSold
    ? { available: -quantity, reserved: 0, sold: quantity }
    : { available: -quantity, reserved: quantity, sold: 0 };

const negated = ({ available, reserved, sold }: StockDelta): StockDelta => ({
  available: -available,
  reserved: -reserved,
  sold: -sold,
});

/** What each line of a hold does to its product's numbers. */
const effectsOf = ({ reserved, compensated, sold }: Hold): readonly (readonly [string, StockDelta])[] =>
  linesHeld({ ...NOTHING_KNOWN, reserved, compensated }).map((line) => [line.productId, effectOf(line, sold)]);

/** How the products' numbers change when an order's hold does: what it does now, less what it did before. */
export const changeOf = (before: Hold, after: Hold): readonly (readonly [string, StockDelta])[] => [
  ...effectsOf(before).map(([productId, effect]) => [productId, negated(effect)] as const),
  ...effectsOf(after),
];
