import {
  type AllocationFacts,
  heldOf,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  type Recorded,
  type StockLine,
} from '../../events/index.ts';

/** What is known of an order's allocation of the stock. A plain JSON value, and a function of the set of the order's events. */
export type Allocation = AllocationFacts;

/** How the numbers of a product change. */
export interface StockDelta {
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

export const NO_DELTA: StockDelta = { available: 0, reserved: 0, sold: 0 };

const allocationIn = (facts: AllocationFacts): Allocation => {
  const { reserved, reservationFailed, compensated, confirmed, rejected, cancelled, paymentFailed, reported } = facts;
  return { reserved, reservationFailed, compensated, confirmed, rejected, cancelled, paymentFailed, reported };
};

export const NO_ALLOCATION: Allocation = allocationIn(NOTHING_KNOWN);

const ALLOCATING: readonly OrderEvent['type'][] = [
  'StockReserved',
  'StockReservationFailed',
  'StockCompensated',
  'OrderConfirmed',
  'OrderRejected',
  'OrderCancelled',
  'PaymentFailed',
];

/** Whether the event may change what its order holds. */
export const concernsAllocation = ({ event }: Pick<Recorded, 'event'>): boolean =>
  ALLOCATING.some((type) => type === event.type);

export const evolveAllocation = (allocation: Allocation, recorded: Recorded<OrderEvent>): Allocation =>
  allocationIn(learn({ ...NOTHING_KNOWN, ...allocation }, recorded));

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

/** What each line of an allocation does to its product's numbers. */
const effectsOf = (allocation: Allocation): readonly (readonly [string, StockDelta])[] => {
  const { lines, isSold } = heldOf(allocation);
  return lines.map((line) => [line.productId, effectOf(line, isSold)]);
};

/** How the products' numbers change when an order's allocation does: what it does now, less what it did before. */
export const changeOf = (before: Allocation, after: Allocation): readonly (readonly [string, StockDelta])[] => [
  ...effectsOf(before).map(([productId, effect]) => [productId, negated(effect)] as const),
  ...effectsOf(after),
];
