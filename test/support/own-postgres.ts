import { randomBytes } from 'node:crypto';
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
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await stopAtOnce(server);
    },
  };
};
