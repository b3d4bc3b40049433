import { sleep } from '../../../src/platform/index.ts';
import type { Attack } from './attack.ts';

const HARMLESS = ['SIGPIPE', 'SIGUSR2', 'SIGCONT', 'SIGWINCH', 'SIGURG', 'SIGCHLD'] as const;

/** Signals that ask for nothing; a process that is stopped and goes on is one that was slow. */
export const sendSignal: Attack = async ({ pid, ended }, random) => {
  if (ended() !== null) return 'nobody';
  const signal = random.pick([...HARMLESS, 'SIGSTOP'] as const);
  process.kill(pid, signal);
  if (signal === 'SIGSTOP') {
    await sleep(random.integer(5, 300));
    process.kill(pid, 'SIGCONT');
  }
  return signal;
};
