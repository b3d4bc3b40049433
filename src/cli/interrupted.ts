import type { Servers } from '../servers/index.ts';

const INTERRUPTED_EXIT_CODE = 130;

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once, and the servers with it. */
export const interrupted = (servers: Servers): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals === 1) return resolve();
    servers.kill();
    process.exit(INTERRUPTED_EXIT_CODE);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return promise;
};
