import type { Audit } from '../audit/index.ts';
import type { Read } from '../read/index.ts';
import { type Batches, createBatches } from './batches.ts';

/** A copy of what queries are read from. */
export interface ReadingCopy {
  readonly read: Read;
  readonly audit: Audit;
  /** Whether it may be read from now. */
  readonly isFresh: () => boolean;
}

/** Where an operation reads. */
export interface Reading {
  readonly read: Read;
  readonly audit: Audit;
  readonly batches: Batches;
}

/** One of the copies that are fresh, by turns; null when none is. */
export type NextCopy = () => Reading | null;

export const takingTurns = (copies: readonly ReadingCopy[]): NextCopy => {
  const readings = copies.map(({ read, audit, isFresh }) => ({
    reading: { read, audit, batches: createBatches(read, audit) },
    isFresh,
  }));
  let turn = 0;
  return () => {
    const fresh = readings.filter(({ isFresh }) => isFresh());
    turn += 1;
    return fresh[turn % fresh.length]?.reading ?? null;
  };
};
