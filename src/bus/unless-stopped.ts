import { type Clock, guarded, ignored } from '../platform/index.ts';

/** The answer. Being told to stop ends the wait: a disconnected client that was about to reconnect never answers. */
export const unlessStopped = async <T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  const stopped = Promise.withResolvers<never>();
  const stop = guarded(() => stopped.reject(signal.reason), ignored);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([request(), stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

const LAST_WORD_MS = 500;

export interface Patience {
  /** Tells to stop. */
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'sleep'>;
}

/** The answer. Who is told to stop waits a moment for it still: of a Redis that is away, none may ever come. */
export const unlessSilent = async <T>(answer: Promise<T>, { signal, clock }: Patience): Promise<T> => {
  const silence = Promise.withResolvers<never>();
  const answered = new AbortController();
  const giveUp = (): void => silence.reject(signal.reason);
  const stop = guarded(() => clock.sleep(LAST_WORD_MS, answered.signal).then(giveUp), ignored);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([answer, silence.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    answered.abort();
  }
};
