import { type Clock, type Logger, retry } from '../platform/index.ts';
import { isPassing } from './delivery.ts';
import type { Share } from './share.ts';

export interface Passing {
  readonly share: Pick<Share, 'pause' | 'resume'>;
  /** After how long without acknowledgement an entry counts as left by a dead consumer. */
  readonly claimIdleMs: number;
  readonly pauses: { readonly firstMs: number; readonly maxMs: number };
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Tries until what is in the way has passed. It may be in the way of this member alone, as a later version's read models are:
 * from when what it has in hand counts as left, others may come to read in its place.
 */
export const untilPassed = async <T>(attempt: () => Promise<T>, passing: Passing): Promise<T> => {
  const { share, claimIdleMs, pauses, clock, logger, signal } = passing;
  const leftAtMs = clock.nowMs() + claimIdleMs;
  let isPaused = false;
  const onFailure = (error: unknown): void => {
    logger.debug({ error }, 'delivery is tried again');
    if (isPaused || clock.nowMs() < leftAtMs) return;
    isPaused = true;
    share.pause();
  };
  try {
    return await retry(attempt, { mayPass: isPassing, pauses, clock, signal, onFailure });
  } finally {
    if (isPaused) await share.resume(async () => {});
  }
};
