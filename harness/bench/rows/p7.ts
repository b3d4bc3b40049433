import { type Contestant, figureOf, type Processes, perSecond, type Row } from '../measure/index.ts';
import { ask, openShop, placeOrder, startChild, untilLevel, verifyDurability } from '../stage/index.ts';
import { fanOutContestant, type Publisher } from './fan-out-contestant.ts';
import type { Scale } from './scale.ts';

const GOAL_RATE = 0.8;
const GOAL_MEMORY = 1.2;
const PANIER = 'panier, gateway apart';
const BARE = 'bare graphql-ws';
const CANCEL = 'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { ... on Order { id } } }';

/** Cancelling an order that waits for its payment makes two steps: COMPENSATING and CANCELLED. */
const openPanier = async (): Promise<Publisher> => {
  const shop = await openShop('gateway apart');
  return {
    url: shop.url,
    gatewayPid: shop.processes['gateway']?.[0] ?? 0,
    processes: shop.processes,
    begin: async () => {
      const orderId = await placeOrder(shop.url);
      await untilLevel(shop.servers);
      return orderId;
    },
    publish: async (orderId) => void (await ask(shop.url, CANCEL, { input: { orderId } })),
    verify: () => verifyDurability(shop.servers),
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
};

const openBare = async (): Promise<Publisher> => {
  const child = startChild('limits/fan-out.server.ts');
  const processes: Processes = { gateway: [child.pid] };
  return {
    url: await child.ask<string>({ type: 'url' }),
    gatewayPid: child.pid,
    processes,
    begin: async () => 'order_00000000000000000000000000',
    publish: () => child.ask({ type: 'publish' }),
    verify: async () => {},
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
};

export const p7 = ({ isQuick }: Scale): Row => {
  const subscribers = isQuick ? 200 : 10_000;
  const contestant = (name: string, open: () => Promise<Publisher>) => (): Promise<Contestant> =>
    fanOutContestant(name, open, subscribers);
  return {
    id: 'P7',
    title: `${subscribers} live subscribers to one order, each on a connection of its own, on one process`,
    goal: `≥ ${GOAL_RATE} of the deliveries/s of a bare graphql-ws fan-out, ≤ ${GOAL_MEMORY} × its memory`,
    contestants: [contestant(PANIER, openPanier), contestant(BARE, openBare)],
    judge: (results) => {
      const [mine = [], bare = []] = [results.get(PANIER), results.get(BARE)];
      const ratio = perSecond(mine).median / perSecond(bare).median;
      const bytes = figureOf(mine, 'bytesPerSubscriber').median;
      const bareBytes = figureOf(bare, 'bytesPerSubscriber').median;
      return {
        measured: `${perSecond(mine).median.toFixed(0)} deliveries/s, ${(bytes / 1_000).toFixed(0)} kB a subscriber`,
        limit: `${perSecond(bare).median.toFixed(0)} deliveries/s, ${(bareBytes / 1_000).toFixed(0)} kB a subscriber`,
        ratio,
        met: ratio >= GOAL_RATE && bytes <= GOAL_MEMORY * bareBytes,
      };
    },
  };
};
