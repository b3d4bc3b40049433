import { byDeadline, type Clock, deadlineIn, guarded, ignored, repeat } from '../platform/index.ts';

/** What one store says, as far as it answers. */
export interface Look<T> extends AsyncDisposable {
  /** What was seen last; null when that is too long ago. Asks nobody, but keeps being looked while somebody calls it. */
  readonly seen: () => T | null;
}

interface Looking {
  readonly clock: Clock;
  readonly everyMs?: number;
}

const EVERY_MS = 5_000;
const ANSWER_MS = 2_000;
/** Prometheus asks every minute at least. */
const WANTED_MS = 150_000;

/**
 * Looks every few seconds as long as somebody wants to know, however often that is, and never while they wait: a store that
 * is slow or away makes what it would tell absent, and holds up nobody.
 */
export const openLook = <T>(ask: () => Promise<T>, { clock, everyMs = EVERY_MS }: Looking): Look<T> => {
  let last: { readonly value: T; readonly atMs: number } | null = null;
  let wantedAtMs = Number.NEGATIVE_INFINITY;
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const value = await byDeadline(ask(), deadlineIn(ANSWER_MS));
      last = { value, atMs: clock.nowMs() };
    } finally {
      isLooking = false;
    }
  };
  const round = async (): Promise<void> => {
    if (clock.nowMs() - wantedAtMs < WANTED_MS) await look();
  };
  const rounds = repeat(round, { everyMs, clock, onFailure: ignored });
  const first = guarded(look, ignored);
  return {
    seen: () => {
      const nowMs = clock.nowMs();
      if (nowMs - wantedAtMs >= WANTED_MS) first();
      wantedAtMs = nowMs;
      return last !== null && nowMs - last.atMs <= 3 * everyMs ? last.value : null;
    },
    [Symbol.asyncDispose]: () => rounds[Symbol.asyncDispose](),
  };
};
