import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, Rest, systemClock } from '../platform/index.ts';
import { type Handle, isPassing } from './delivery.ts';

interface Waiting {
  readonly batch: Parameters<Handle>[0];
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/** Events that are handled together, unless one delivery alone has more: a transaction's length is bounded. */
const MOST_EVENTS = 1_000;
/** A batch of so many events is worth its transaction: no rest before the next one. */
const BACKLOG = 100;

export interface Joining {
  /** Awaited before each batch: by default the rest of the event loop's turn, for what was published to several streams at once. */
  readonly gather?: () => Promise<unknown>;
  readonly clock?: Clock;
}

const sizeOf = (deliveries: readonly Waiting[]): number =>
  deliveries.reduce((events, { batch }) => events + batch.length, 0);

/** The longest waiting ones that go together. */
const takeNext = (waiting: Waiting[]): readonly Waiting[] => {
  let [count, events] = [0, 0];
  for (const { batch } of waiting) {
    if (count > 0 && events + batch.length > MOST_EVENTS) break;
    count += 1;
    events += batch.length;
  }
  return waiting.splice(0, count);
};

/**
 * A handler for several streams that handles one batch at a time: deliveries that come meanwhile are handled together,
 * as one. A batch of several that cannot be handled is taken apart, so that no stream's fault is another's.
 */
export const joinDeliveries = (handle: Handle, { gather = nextTurn, clock = systemClock }: Joining = {}): Handle => {
  const waiting: Waiting[] = [];
  const rest = new Rest(clock);
  let isBusy = false;
  const drain = async (): Promise<void> => {
    isBusy = true;
    for (;;) {
      await gather();
      await rest.isOver();
      const together = takeNext(waiting);
      if (together.length === 0) break;
      await rest.after(() => handleTogether(together, handle));
      if (sizeOf(together) >= BACKLOG) rest.skip();
    }
    isBusy = false;
  };
  return (batch) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.push({ batch, done: resolve, fail: reject });
    if (!isBusy) void drain();
    return promise;
  };
};

const handleTogether = async (together: readonly Waiting[], handle: Handle): Promise<void> => {
  try {
    await handle(together.flatMap(({ batch }) => batch));
    for (const { done } of together) done();
  } catch (error) {
    if (together.length === 1 || isPassing(error)) for (const { fail } of together) fail(error);
    else for (const one of together) await handleTogether([one], handle);
  }
};
