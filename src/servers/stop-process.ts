import { sleep } from '../platform/index.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const POLL_MS = 20;
const PATIENCE_MS = 10_000;

/** From the politest signal to the last one. */
export type StopSignals = readonly [NodeJS.Signals, ...NodeJS.Signals[]];

/** PostgreSQL's words: fast shutdown, immediate shutdown (recovers at the next start), and the end. */
export const POSTGRES_STOP: StopSignals = ['SIGINT', 'SIGQUIT', 'SIGKILL'];

/** Redis writes its append-only file to disk on SIGTERM. */
export const REDIS_STOP: StopSignals = ['SIGTERM', 'SIGKILL'];

/** Sends one signal; a process that is gone, or whose pid is another's by now, is left alone. */
export const signalProcess = (target: ProcessIdentity, signal: NodeJS.Signals): void => {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

const endsWithin = async (target: ProcessIdentity, ms: number): Promise<boolean> => {
  const deadline = Date.now() + ms;
  while (Date.now() < deadline) {
    if (!isAlive(target)) return true;
    await sleep(POLL_MS);
  }
  return !isAlive(target);
};

/** Resolves when the process is gone. Each signal has ten seconds before the next, harder one. */
export const stopProcess = async (target: ProcessIdentity, signals: StopSignals): Promise<void> => {
  for (const signal of signals) {
    signalProcess(target, signal);
    if (await endsWithin(target, PATIENCE_MS)) return;
  }
};
