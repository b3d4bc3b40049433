import { sleep } from '../platform/index.ts';
import type { Share } from './share.ts';

const NEVER_MS = 60_000;

/** All the streams, for good, together with the other members of the group. */
export const fixedShare = (streams: readonly string[]): Share => ({
  streams: () => streams,
  isExclusive: () => false,
  maxBlockMs: () => Number.POSITIVE_INFINITY,
  reads: () => {},
  pause: () => {},
  resume: async () => {},
  changed: (signal) => sleep(NEVER_MS, signal),
  [Symbol.asyncDispose]: async () => {},
});
