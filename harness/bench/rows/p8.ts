import { perSecond, type Row } from '../measure/index.ts';
import { openShop, PAID, placeOrder, untilLevel, verifyDurability } from '../stage/index.ts';
import { httpContestant, type Requests, type Target } from './http-contestant.ts';
import { openLimit } from './limit-target.ts';
import type { Scale } from './scale.ts';

const ORDER = /* GraphQL */ `query Order($id: ID!) {
  order(id: $id) {
    id status totalAmount { amount currency }
    lines { productId quantity unitPrice { amount currency } lineTotal { amount currency } }
    steps { revision status event { eventId type occurredAt } }
  }
}`;

const GOAL = 0.7;
const PANIER = 'panier';
const YOGA = 'bare Yoga, constant';

/** Each answer must be of an order that went its whole way. */
const requestsFor = (ids: readonly string[]): Requests => ({
  bodies: ids.map((id) => JSON.stringify({ query: ORDER, variables: { id } })),
  expected: '"type":"PaymentSucceeded"',
  inFlight: 32,
});

const panier = async (orders: number) => {
  const shop = await openShop('one process');
  const target: Target = {
    url: shop.url,
    processes: shop.processes,
    settle: async () => {},
    verify: () => verifyDurability(shop.servers),
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
  const place = async (): Promise<Requests> => {
    const ids: string[] = [];
    while (ids.length < orders) ids.push(await placeOrder(shop.url, PAID));
    await untilLevel(shop.servers);
    return requestsFor(ids);
  };
  return httpContestant(PANIER, async () => target, place);
};

export const p8 = ({ isQuick }: Scale): Row => ({
  id: 'P8',
  title: 'order(id) with lines and steps',
  goal: `≥ ${GOAL} of a bare Yoga query with a constant result`,
  contestants: [
    () => panier(isQuick ? 10 : 300),
    () =>
      httpContestant(
        YOGA,
        () => openLimit('yoga'),
        async () => requestsFor(['order_00000000000000000000000000']),
      ),
  ],
  judge: (results) => {
    const queries = perSecond(results.get(PANIER) ?? []).median;
    const limit = perSecond(results.get(YOGA) ?? []).median;
    return {
      measured: `${queries.toFixed(0)} queries/s`,
      limit: `${limit.toFixed(0)} queries/s`,
      ratio: queries / limit,
      met: queries / limit >= GOAL,
    };
  },
});
