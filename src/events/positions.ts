/**
 * How far somebody has followed the event store: the last position seen of each partition; of what is not named, nothing was
 * seen. Positions are in the order of commits within a partition, not between two.
 */
export type Positions = ReadonlyMap<number, bigint>;

/** Nothing was seen. */
export const NO_POSITIONS: Positions = new Map();
