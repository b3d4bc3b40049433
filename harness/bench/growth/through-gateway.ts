import type { CheckoutRound, Question } from '../load/checkouts.ts';
import { type Contestant, meterCpu } from '../measure/index.ts';
import { httpContestant, type Requests } from '../rows/http-contestant.ts';
import { PRODUCTS, startChild, untilConsumed, verifyDurability } from '../stage/index.ts';
import { addToFresh, addToFull, createCarts, createFullCarts } from './carts.ts';
import {
  askDeepPages,
  askEvents,
  askFilteredPages,
  askFirstPage,
  askOrders,
  askStats,
  requestsFor,
} from './questions.ts';
import type { Running } from './running.ts';

const FRESH_CARTS = 500;
const FULL_CARTS = 40;
const ADDED = '"__typename":"Cart"';

/** An operation that clients ask of the gateway; opened on a running panier, with so many in flight. */
export interface GatewayOperation {
  readonly name: string;
  readonly open: (running: Running, inFlight: number) => (name: string) => Promise<Contestant>;
}

type RequestsOf = (running: Running, inFlight: number) => Promise<Requests>;

/** What it sets going after the answers counts with it. */
const operation = (name: string, requestsOf: RequestsOf): GatewayOperation => ({
  name,
  open: (running, inFlight) => (contestant) => {
    const { servers } = running.filled;
    const target = {
      url: running.url,
      processes: running.processes,
      settle: () => untilConsumed(servers),
      verify: () => verifyDurability(servers),
      [Symbol.asyncDispose]: async () => {},
    };
    return httpContestant(
      contestant,
      async () => target,
      () => requestsOf(running, inFlight),
    );
  },
});

/** Whole checkouts: a cart, two items, `checkout`, and the CONFIRMED frame of its order. */
const checkouts: GatewayOperation = {
  name: 'checkout, to its CONFIRMED frame',
  open: (running, inFlight) => async (name) => {
    const { servers } = running.filled;
    const load = startChild('load/checkouts.ts');
    await load.ask({ type: 'prepare', urls: [running.url], products: PRODUCTS } satisfies Question);
    return {
      name,
      round: async (seconds) => {
        const used = meterCpu({ ...running.processes, load: [load.pid] });
        const done = await load.ask<CheckoutRound>({ type: 'closed', seconds, inFlight } satisfies Question);
        await untilConsumed(servers);
        return { ...done, cpuMicros: used() };
      },
      verify: () => verifyDurability(servers),
      [Symbol.asyncDispose]: () => load[Symbol.asyncDispose](),
    };
  },
};

export const ORDER_BY_ID = operation('order(id) with lines and steps', async (running, inFlight) =>
  requestsFor(await askOrders(running), '"steps":[{"revision":1', inFlight),
);

export const ADD_TO_FRESH = operation('addCartItem, fresh cart', async ({ url }, inFlight) =>
  requestsFor(addToFresh(await createCarts(url, Math.max(FRESH_CARTS, 2 * inFlight))), ADDED, inFlight),
);

export const CHECKOUT = checkouts;

export const GATEWAY_OPERATIONS: readonly GatewayOperation[] = [
  ORDER_BY_ID,
  operation('orders, first page of 20', async (_running, inFlight) =>
    requestsFor(await askFirstPage(), '"cursor"', inFlight),
  ),
  operation('orders, a deep page of 20', async (running, inFlight) =>
    requestsFor(await askDeepPages(running), '"edges"', inFlight),
  ),
  operation('orders by status and failure, a page of 20', async (_running, inFlight) =>
    requestsFor(await askFilteredPages(), '"edges"', inFlight),
  ),
  operation('events, a deep page of 20', async (running, inFlight) =>
    requestsFor(await askEvents(running), '"cursor"', inFlight),
  ),
  operation('stats', async (_running, inFlight) => requestsFor(await askStats(), '"checkouts"', inFlight)),
  ADD_TO_FRESH,
  operation('addCartItem, cart of 100 lines', async ({ url }, inFlight) =>
    requestsFor(addToFull(await createFullCarts(url, FULL_CARTS)), ADDED, inFlight),
  ),
  CHECKOUT,
];
