/**
 * One look for all who ask together, or within `keptMs` of its beginning: however often it is asked for, what it looks at
 * is asked once at a time. Whoever asks meanwhile is told the same, a failure included.
 */
export const sharedAnswer = <T>(look: () => Promise<T>, keptMs: number): (() => Promise<T>) => {
  let last: { readonly atMs: number; readonly answer: Promise<T> } | null = null;
  let isLooking = false;
  return () => {
    const nowMs = performance.now();
    if (last !== null && (isLooking || nowMs - last.atMs < keptMs)) return last.answer;
    isLooking = true;
    const answer = look().finally(() => {
      isLooking = false;
    });
    last = { atMs: nowMs, answer };
    return answer;
  };
};
