import { MAX_STOCK, type Shortage, type StockLine } from '../events/index.ts';

/** The units of one product, each in one of three places. Their sum changes by adjustment alone. */
export interface StockLevel {
  readonly productId: string;
  /** Free to be reserved; never below zero. */
  readonly available: number;
  /** Held for orders that are not paid yet. */
  readonly reserved: number;
  readonly sold: number;
}

export type StockPlace = Exclude<keyof StockLevel, 'productId'>;
export type StockLevels = ReadonlyMap<string, StockLevel>;

export const emptyLevel = (productId: string): StockLevel => ({ productId, available: 0, reserved: 0, sold: 0 });

/** One line a product: an order that names a product twice wants the sum. */
export const mergeLines = (lines: readonly StockLine[]): readonly StockLine[] => {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of lines) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return Array.from(quantities, ([productId, quantity]) => ({ productId, quantity }));
};

/** Every line that the stock cannot serve. Takes merged lines; an unknown product has nothing. */
export const shortagesOf = (levels: StockLevels, lines: readonly StockLine[]): readonly Shortage[] =>
  lines
    .map(({ productId, quantity }) => ({
      productId,
      requested: quantity,
      available: levels.get(productId)?.available ?? 0,
    }))
    .filter(({ requested, available }) => requested > available);

interface Move {
  readonly quantity: number;
  readonly from: StockPlace;
  readonly to: StockPlace;
}

/** The level after units went from one place to another. */
export const move = (level: StockLevel, { quantity, from, to }: Move): StockLevel => {
  const taken = { ...level, [from]: level[from] - quantity };
  return { ...taken, [to]: taken[to] + quantity };
};

/**
 * The level after a change from outside; null when it would leave the bounds. Units held or sold count towards the
 * upper one: giving them back must not exceed it. Taking away is never too much for it, only for what is available.
 */
export const adjust = (level: StockLevel, delta: number): StockLevel | null => {
  const available = level.available + delta;
  const isWithinBounds = available >= 0 && (delta < 0 || available + level.reserved + level.sold <= MAX_STOCK);
  return isWithinBounds ? { ...level, available } : null;
};
