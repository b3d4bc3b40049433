import { guarded, ignored } from './guarded.ts';

const WINDOW_MS = 60_000;

export interface SeldomOptions {
  /** Lines of one kind within a minute. */
  readonly most: number;
  /** Told at the end of a minute in which there were more, how many. */
  readonly onMore: (kind: string, more: number) => void;
  readonly windowMs?: number;
}

/** Whether one more line of its kind is written: a store that is away for long is told of now and then, not by each who asks. */
export const seldom = ({ most, onMore, windowMs = WINDOW_MS }: SeldomOptions): ((kind: string) => boolean) => {
  const linesOf = new Map<string, number>();
  const close = (kind: string): void => {
    const more = (linesOf.get(kind) ?? 0) - most;
    linesOf.delete(kind);
    if (more > 0) onMore(kind, more);
  };
  return (kind) => {
    const lines = (linesOf.get(kind) ?? 0) + 1;
    linesOf.set(kind, lines);
    if (lines === 1) {
      const end = guarded(() => close(kind), ignored);
      setTimeout(end, windowMs).unref();
    }
    return lines <= most;
  };
};
