import { STOCKED, stocked } from '../../support/stocked.ts';
import { type Processes } from '../measure/index.ts';
import { ask } from './ask.ts';
import { type PanierProcess, startPanier } from './panier.ts';
import { openServers, type Servers } from './servers.ts';

export type Topology = 'one process' | 'gateway apart';

/** Panier with its servers and a stocked catalogue. */
export interface Shop extends AsyncDisposable {
  readonly url: string;
  readonly servers: Servers;
  readonly processes: Processes;
}

/** Variables of the environment. */
type Settings = Readonly<Record<string, string>>;

export const PRODUCTS: readonly string[] = Array.from({ length: 10 }, (_, index) => `prod_bench${index}`);
/** Puts {@link PRODUCTS} into the catalogue, in stock for any run. */
export const stockProducts = async (url: string): Promise<void> => {
  for (const id of PRODUCTS) {
    await ask(url, STOCKED, stocked({ id, price: { amount: '19.90', currency: 'EUR' } }));
  }
};

export const BACKGROUND = ['relay', 'payment', 'saga', 'audit'];

const startRoles = async (
  topology: Topology,
  environment: Settings,
): Promise<Readonly<Record<string, PanierProcess>>> => {
  if (topology === 'one process') return { panier: await startPanier({ environment }) };
  const gateway = await startPanier({ roles: ['gateway'], environment });
  return { gateway, background: await startPanier({ roles: BACKGROUND, environment }) };
};

export const openShop = async (topology: Topology, settings: Settings = {}): Promise<Shop> => {
  await using opening = new AsyncDisposableStack();
  const servers = opening.use(await openServers());
  const environment = { DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl, ...settings };
  const started = await startRoles(topology, environment);
  for (const each of Object.values(started)) opening.use(each);
  const url = (started['panier'] ?? started['gateway'])?.url ?? '';
  await stockProducts(url);
  const pids = Object.entries(started).map(([kind, { pid }]) => [kind, [pid]] as const);
  const opened = opening.move();
  return {
    url,
    servers,
    processes: { ...Object.fromEntries(pids), ...servers.pids },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
