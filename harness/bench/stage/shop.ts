import { STOCKED, stocked } from '../../support/stocked.ts';
import type { Processes } from '../measure/index.ts';
import { ask } from './ask.ts';
import { type PanierProcess, startPanier } from './panier.ts';
import { openServers, type Servers, type ServersOptions } from './servers.ts';

/** One process for all; or gateways, and as many processes that each play every other role. */
export type Topology = 'one process' | 'gateway apart' | { readonly ofEach: number };

/** Panier with its servers and a stocked catalogue. */
export interface Shop extends AsyncDisposable {
  readonly url: string;
  /** Of all its gateways. */
  readonly urls: readonly string[];
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

type Kind = 'panier' | 'gateway' | 'background';

const ROLES: Readonly<Record<Kind, readonly string[] | undefined>> = {
  panier: undefined,
  gateway: ['gateway'],
  background: BACKGROUND,
};

const kindsOf = (topology: Topology): readonly Kind[] => {
  if (topology === 'one process') return ['panier'];
  const ofEach = topology === 'gateway apart' ? 1 : topology.ofEach;
  return Array.from({ length: ofEach }, () => ['gateway', 'background'] as const).flat();
};

interface Started extends PanierProcess {
  readonly kind: Kind;
}

export const openShop = async (
  topology: Topology,
  settings: Settings = {},
  options: ServersOptions = {},
): Promise<Shop> => {
  await using opening = new AsyncDisposableStack();
  const servers = opening.use(await openServers(options));
  const environment = { DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl, ...settings };
  const started: Started[] = [];
  for (const kind of kindsOf(topology)) {
    const roles = ROLES[kind];
    const panier = opening.use(await startPanier({ environment, ...(roles && { roles }) }));
    started.push({ ...panier, kind });
  }
  const urls = started.filter(({ kind }) => kind !== 'background').map(({ url }) => url);
  const [url = ''] = urls;
  await stockProducts(url);
  const pids = Map.groupBy(started, ({ kind }) => kind);
  const processes = [...pids].map(([kind, those]) => [kind, those.map(({ pid }) => pid)] as const);
  const opened = opening.move();
  return {
    url,
    urls,
    servers,
    processes: { ...Object.fromEntries(processes), ...servers.pids },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
