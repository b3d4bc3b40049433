import { useSyncExternalStore } from 'react';

const TICK_MS = 1_000;

const told = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

const tick = (): void => {
  nowMs = Date.now();
  for (const tell of told) tell();
};

const subscribe = (tell: () => void): (() => void) => {
  told.add(tell);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    told.delete(tell);
    if (told.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The browser's time, milliseconds since the epoch, anew each second: one timer for all of a page. */
export const useNowMs = (): number => useSyncExternalStore(subscribe, () => nowMs);
