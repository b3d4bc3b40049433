import { guarded, ignored } from '../platform/index.ts';
import type { Servers } from '../servers/index.ts';

const INTERRUPTED_EXIT_CODE = 130;
/** npm hands on what the terminal has sent to both: one Ctrl-C comes twice, at once. */
const ECHO_MS = 200;
const PARENT_POLL_MS = 500;

/** SIGHUP: the terminal was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** As early as this can be asked: whoever started this process may be gone before there are servers to stop. */
const PARENT = process.ppid;

/** Calls back when the process that started this one is gone. One that had none, as in a container, waits for nothing. */
const whenOrphaned = (tell: () => void): Disposable => {
  if (PARENT <= 1) return { [Symbol.dispose]: ignored };
  const look = guarded(() => {
    if (process.ppid === PARENT) return;
    clearInterval(timer);
    tell();
  }, ignored);
  const timer = setInterval(look, PARENT_POLL_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
};

/**
 * Until disposed, ends the process when whoever started it is gone, and with it the servers that it has begun to start: before
 * they run, which may take long, there is nothing that {@link interrupted} could stop in order.
 */
export const endOrphaned = (): Disposable => whenOrphaned(() => process.exit(INTERRUPTED_EXIT_CODE));

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP, or when whoever started this process is gone; a second signal ends
 * the process at once, and the servers with it.
 */
export const interrupted = (servers: Pick<Servers, 'kill'>): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAt: number | null = null;
  const onSignal = guarded(() => {
    const now = performance.now();
    firstAt ??= now;
    if (now - firstAt < ECHO_MS) return resolve();
    servers.kill();
    process.exit(INTERRUPTED_EXIT_CODE);
  }, ignored);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  // It asks for nothing here, and would end the process without its servers.
  process.on('SIGUSR2', ignored);
  whenOrphaned(resolve);
  return promise;
};
