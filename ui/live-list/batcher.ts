/** Which things may have changed; `all`: any. */
export type Changed = ReadonlySet<string> | 'all';

interface Batching {
  /** Asked for what has changed; one at a time. Rejects: asked again, for that and for what came meanwhile. */
  readonly ask: (changed: Changed) => Promise<void>;
  /** At least so long from one asking to the next. */
  readonly everyMs: number;
  /** While nobody looks, nothing is asked for. */
  readonly isResting: () => boolean;
}

export interface Batcher {
  readonly add: (id: string) => void;
  readonly addAll: () => void;
  /** When there is no rest any more. */
  readonly wake: () => void;
  readonly close: () => void;
}

const MAX_IDS = 1_000;
const AFTER_FAILURE_MS = 2_000;

const joined = (one: Changed, other: Changed): Changed => {
  if (one === 'all' || other === 'all') return 'all';
  const both = one.union(other);
  return both.size > MAX_IDS ? 'all' : both;
};

/** Gathers what changes in bursts: the first change is asked for at once, those that follow together. */
export const openBatcher = ({ ask, everyMs, isResting }: Batching): Batcher => {
  let pending: Changed = new Set();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let restsUntilMs = 0;

  const run = async (): Promise<void> => {
    timer = undefined;
    const changed = pending;
    pending = new Set();
    isBusy = true;
    restsUntilMs = performance.now() + everyMs;
    try {
      await ask(changed);
    } catch {
      pending = joined(changed, pending);
      restsUntilMs = performance.now() + AFTER_FAILURE_MS;
    }
    isBusy = false;
    plan();
  };
  const plan = (): void => {
    const isEmpty = pending !== 'all' && pending.size === 0;
    if (isEmpty || isBusy || timer !== undefined || isResting()) return;
    timer = setTimeout(() => void run(), Math.max(0, restsUntilMs - performance.now()));
  };
  const take = (changed: Changed): void => {
    pending = joined(pending, changed);
    plan();
  };
  return {
    add: (id) => take(new Set([id])),
    addAll: () => take('all'),
    wake: plan,
    close: () => {
      clearTimeout(timer);
      isBusy = true;
    },
  };
};
