import type { Exposure, Limits } from '../../platform/index.ts';
import { type GatewayServer, startServer } from '../server/start-server.ts';
import { askAsNobody } from '../server/testing/raw-request.ts';
import { CART_ID, ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { at } from '../testing/run.ts';
import { served } from '../testing/served.ts';

export const CUP = {
  id: 'prod_cup',
  name: 'Cup',
  price: '3.50',
  currency: 'EUR',
  available: 5,
  reserved: 0,
  sold: 0,
} as const;
const CART = { type: 'CartCreated', data: { customerId: 'ann', sessionId: null, currency: 'EUR' } } as const;

/** Of a cart and an order of Ann's, and of a cup. */
export const annsShop = (): MemoryModules => {
  const write = { cart: async () => null, order: async () => null, product: async () => null };
  const modules = memoryModules({ write });
  modules.products.set(CUP.id, CUP);
  modules.append(CART_ID, CART);
  modules.append(ORDER_ID, orderEvents('ann').created);
  return modules;
};

interface Settings {
  readonly exposure?: Partial<Exposure>;
  readonly limits?: Partial<Limits>;
}

export const serveSubgraph = (
  { exposure, limits = {} }: Settings = {},
  modules: MemoryModules = annsShop(),
): Promise<GatewayServer> =>
  startServer(served(modules), { host: '127.0.0.1', port: 0, limits, exposure: { subgraph: true, ...exposure } });

export type Headers = Readonly<Record<string, string>>;
export type Lane = (server: GatewayServer, asked: object, headers?: Headers) => Promise<unknown>;

export const byPost =
  (path: string): Lane =>
  async ({ url }, asked, headers = {}) => {
    const { body } = await askAsNobody(url, { path, headers, body: JSON.stringify(asked) });
    return JSON.parse(body) as unknown;
  };

export const askSubgraph = byPost('/subgraph');

/** Asks for what these stand for, as a gateway does. */
export const entitiesOf = (representations: readonly unknown[]): object => ({
  query: `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      __typename
      ... on Product { id name available }
      ... on Cart { id version }
      ... on Order { id status }
    }
  }`,
  variables: { representations },
});

export const firstError = (answer: unknown): unknown => at(answer, 'errors', 0);
export const codeOf = (answer: unknown): unknown => at(firstError(answer), 'extensions', 'code');
