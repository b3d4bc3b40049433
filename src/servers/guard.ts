import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { guarded, ignored } from '../platform/index.ts';
import type { StopSignals } from './stop-process.ts';

/** Ends a server when this process is gone, however it went. */
export interface Guard {
  /** The server has ended: its pid may be another process's soon. */
  readonly standDown: () => void;
}

/**
 * Reads a line that only we can write. Its end without one is ours: the system closes a pipe also for a process that was
 * killed. Each signal has ten seconds before the next, harder one.
 */
const WATCH = `
read -r word
[ "$word" = done ] && exit
pid=$1
shift
for signal in "$@"; do
  kill -s "$signal" "$pid" 2>/dev/null || exit
  for nth in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    kill -0 "$pid" 2>/dev/null || exit
  done
done`;

const shortNameOf = (signal: NodeJS.Signals): string => signal.slice('SIG'.length);

/** Keeps a server from staying behind when this process is killed and can stop nothing any more. */
export const guardServer = (pid: number, signals: StopSignals): Guard => {
  const shell = spawn('/bin/sh', ['-c', WATCH, 'panier-guard', `${pid}`, ...signals.map(shortNameOf)], {
    cwd: '/',
    // Out of the reach of the terminal's signals: it has to outlive us.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell there is no guard, and the next start stops what is left.
  shell.on('error', ignored);
  const line = shell.stdin;
  line.on('error', ignored);
  shell.unref();
  // A pipe to a child is a socket, which would keep this process from ending.
  (line as Partial<Pick<Socket, 'unref'>>).unref?.();
  const standDown = guarded(() => line.end('done\n'), ignored);
  return { standDown };
};
