import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { freePort, type RunningServer, startRedis } from '../../../src/servers/index.ts';

/** A Redis on data that the drill chooses, always at the same address. */
export interface DrillRedis extends AsyncDisposable {
  readonly url: string;
  readonly client: Redis;
  /** On other data, or on those that it had. */
  readonly startOn: (directory: string) => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
}

const saysNothing = (): void => {};

/** Starts it on that data. */
export const openRedisOn = async (directory: string): Promise<DrillRedis> => {
  const [port, password] = [await freePort(), randomBytes(16).toString('hex')];
  const start = (data: string): Promise<RunningServer> =>
    startRedis({ directory: data, port, password, say: saysNothing });
  let server = await start(directory);
  const killNow = (): void => server.process.kill();
  process.once('exit', killNow);
  const client = new Redis(server.url, { maxRetriesPerRequest: null });
  client.on('error', saysNothing);
  const kill = async (): Promise<void> => {
    server.process.kill();
    await server.process.stop();
  };
  return {
    url: server.url,
    client,
    kill,
    startOn: async (data) => {
      if (!server.process.exited()) await kill();
      server = await start(data);
    },
    [Symbol.asyncDispose]: async () => {
      process.off('exit', killNow);
      client.disconnect();
      await kill();
    },
  };
};
