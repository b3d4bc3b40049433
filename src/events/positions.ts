import { MAX_PARTITIONS } from './partitions.ts';

/**
 * How far somebody has followed the event store: the last position seen of each partition; of what is not named, nothing was
 * seen. Positions are in the order of commits within a partition, not between two.
 */
export type Positions = ReadonlyMap<number, bigint>;

/** Where an event of the event store stands. */
export interface Place {
  readonly partition: number;
  readonly position: bigint;
}

/** Nothing was seen. */
export const NO_POSITIONS: Positions = new Map();

/** 0 where nothing was seen. */
export const positionIn = (positions: Positions, partition: number): bigint => positions.get(partition) ?? 0n;

/** The same, but for one partition. */
export const movedTo = (positions: Positions, { partition, position }: Place): Positions => {
  const moved = new Map(positions);
  if (position > 0n) moved.set(partition, position);
  else moved.delete(partition);
  return moved;
};

/** Of each partition what either has seen. */
export const furthest = (one: Positions, other: Positions): Positions => {
  const seen = new Map(one);
  for (const [partition, position] of other) if (position > positionIn(one, partition)) seen.set(partition, position);
  return seen;
};

/** Whether `one` has seen all that `other` has. */
export const hasSeen = (one: Positions, other: Positions): boolean =>
  [...other].every(([partition, position]) => position <= positionIn(one, partition));

const MAX_BIGINT = 2n ** 63n - 1n;
const RADIX = 36;
const DECIMAL = /^(?:0|[1-9]\d{0,18})$/;
const ENTRY = /^(?:[1-9a-z][\da-z]{0,12})?$/;

/** A number, where there are none but of partition 0; else a list, by partition, in the shortest digits there are. */
export const positionsText = (positions: Positions): string => {
  const last = Math.max(0, ...positions.keys());
  if (last === 0) return String(positionIn(positions, 0));
  return Array.from({ length: last + 1 }, (_, partition) => positions.get(partition)?.toString(RADIX) ?? '').join(',');
};

const valueOf = (digits: string): bigint =>
  Array.from(digits).reduce((value, digit) => value * BigInt(RADIX) + BigInt(Number.parseInt(digit, RADIX)), 0n);

const positionsFrom = (entries: readonly (readonly [number, bigint])[]): Positions | null =>
  entries.some(([, position]) => position > MAX_BIGINT)
    ? null
    : new Map(entries.filter(([, position]) => position > 0n));

/** What {@link positionsText} wrote; null for anything else, such as a partition that there cannot be. */
export const positionsIn = (text: string): Positions | null => {
  if (DECIMAL.test(text)) return positionsFrom([[0, BigInt(text)]]);
  const entries = text.split(',');
  const isList = entries.length > 1 && entries.length <= MAX_PARTITIONS && entries.at(-1) !== '';
  if (!isList || !entries.every((entry) => ENTRY.test(entry))) return null;
  return positionsFrom(entries.map((entry, partition) => [partition, valueOf(entry)] as const));
};
