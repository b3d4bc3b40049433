import { guarded, ignored } from '../platform/index.ts';

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
