import { Proxy } from '../../chaos/stage/index.ts';
import type { Servers } from '../panier/index.ts';

/** Ways to the servers, which listen on loopback alone, from an address of this machine. */
export interface StoreLinks extends AsyncDisposable {
  readonly links: readonly Proxy[];
  readonly environment: Readonly<Record<string, string>>;
}

const through = (url: string, address: string, { port }: Proxy): string => {
  const reached = new URL(url);
  reached.hostname = address;
  reached.port = String(port);
  return reached.href;
};

export const openStoreLinks = async (servers: Servers, address: string): Promise<StoreLinks> => {
  await using opening = new AsyncDisposableStack();
  const postgres = opening.use(await Proxy.open(() => servers.postgres.port, address));
  const redis = opening.use(await Proxy.open(() => servers.redis.port, address));
  const { DATABASE_URL, REDIS_URL } = servers.environment();
  const opened = opening.move();
  return {
    links: [postgres, redis],
    environment: {
      DATABASE_URL: through(DATABASE_URL, address, postgres),
      REDIS_URL: through(REDIS_URL, address, redis),
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
