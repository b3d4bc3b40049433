import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { sleep } from '../../src/platform/index.ts';
import { type Image, NODE_IN_IMAGE } from './build-image.ts';

type Environment = Readonly<Record<string, string>>;

/** How a container ended: by itself, or by a signal. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that has nothing of the machine but its network. Disposal kills it. */
export interface Container extends AsyncDisposable {
  readonly printed: () => string;
  /** Of what runs in it, as the machine counts. */
  readonly pid: () => number;
  /** As PID 1 of its own it hears only what it listens to. */
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
  /** Resolves once it has printed the text. @throws when it ends first */
  readonly says: (text: string) => Promise<void>;
}

const POLL_MS = 50;

/**
 * In namespaces of its own, as an engine would: the image read-only at /mnt, nothing to write to but a tmpfs at /tmp, the user's
 * number, no capability and none to be had, and what is started as PID 1.
 */
const SCRIPT = `set -e
mount --bind "$1" /mnt
mount --bind "$2" "/mnt/$3"
mount -o remount,bind,ro /mnt
mount -t tmpfs -o mode=1777,size=64m tmpfs /tmp
mount -o remount,bind,ro /
cd "/mnt$4"
user=$5
shift 5
exec setpriv --reuid "\${user%:*}" --regid "\${user#*:}" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"`;

const ISOLATION = ['--mount', '--pid', '--fork', '--mount-proc', '--', 'sh', '-c', SCRIPT, 'container'];

const childOf = (pid: number): number => {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  if (child === undefined || child === '') throw new Error('The container has ended.');
  return Number(child);
};

const start = (
  { root, workDir, user, ...image }: Image,
  words: readonly string[],
  given: Environment,
): ChildProcess => {
  const args = [...ISOLATION, root, process.execPath, NODE_IN_IMAGE, workDir, user, ...words];
  const env = { PATH: '/mnt/usr/local/bin:/usr/bin:/bin', ...image.environment, ...given };
  return spawn('unshare', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Starts the image's command, or `words` in its place. Needs root, for it makes namespaces. */
export const runContainer = (image: Image, environment: Environment, words = image.command): Container => {
  const child = start(image, words, environment);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => void (printed += text));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode }));
  const pid = (): number => childOf(child.pid ?? 0);
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    printed: () => printed,
    pid,
    signal: (name) => void process.kill(pid(), name),
    ended,
    says: async (text) => {
      while (!printed.includes(text)) {
        if (isOver()) throw new Error(`It ended before it said "${text}":\n${printed}`);
        await sleep(POLL_MS);
      }
    },
    [Symbol.asyncDispose]: async () => {
      // Not the one that waits for it: whoever takes another user's number outlives whoever started it.
      if (!isOver()) process.kill(pid(), 'SIGKILL');
      await ended;
    },
  };
};
