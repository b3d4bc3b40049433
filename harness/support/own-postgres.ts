import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type RunningServer, signalProcess, startPostgres } from '../../src/servers/index.ts';
import { eventually } from './eventually.ts';
import { startProxy } from './tcp-proxy.ts';

/** A PostgreSQL of the calling file's own, always at the same address. */
export type OwnPostgres = AsyncDisposable & {
  readonly url: string;
  /** Immediately: without a checkpoint and without a word to anybody. It stays down until `start`. */
  readonly stop: () => Promise<void>;
  /** Again, on the same data. */
  readonly start: () => Promise<void>;
  /** As {@link start}, but as a standby: it reads, and takes no writes until it is promoted. It has to be down. */
  readonly startAsStandby: () => Promise<void>;
  /** Every process of it stands still, and nothing is closed. */
  readonly freeze: () => void;
  readonly thaw: () => void;
};

const startIn = async (directory: string): Promise<RunningServer> => {
  const server = await startPostgres({ directory });
  process.once('exit', server.process.kill);
  return server;
};

const stopAtOnce = async ({ process: postgres }: RunningServer): Promise<void> => {
  process.off('exit', postgres.kill);
  signalProcess(postgres.identity, 'SIGQUIT');
  await eventually(() => {
    if (!postgres.exited()) throw new Error('PostgreSQL is still running.');
  });
};

const signalAll = ({ process: { identity } }: RunningServer, signal: NodeJS.Signals): void => {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(identity.pid)], { encoding: 'utf8' });
  signalProcess(identity, signal);
  for (const pid of children.split('\n').map(Number)) if (pid > 0) process.kill(pid, signal);
};

export const ownPostgres = async (): Promise<OwnPostgres> => {
  const directory = join(inject('runDirectory'), `postgres-${randomBytes(6).toString('hex')}`);
  let server = await startIn(directory);
  const proxy = await startProxy(server.url);
  return {
    url: proxy.url,
    stop: () => stopAtOnce(server),
    start: async () => {
      server = await startIn(directory);
      proxy.leadTo(server.url);
    },
    startAsStandby: async () => {
      const signal = join(directory, 'standby.signal');
      writeFileSync(signal, '');
      // The server has a user of its own, and removes the file when it is promoted.
      chmodSync(signal, 0o666);
      server = await startIn(directory);
      proxy.leadTo(server.url);
    },
    freeze: () => signalAll(server, 'SIGSTOP'),
    thaw: () => signalAll(server, 'SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await stopAtOnce(server);
    },
  };
};
