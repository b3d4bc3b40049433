import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import {
  type Client,
  ContradictionsDocument,
  type ContradictionsQuery,
  type ContradictionsQueryVariables,
} from '../../src/cli/client.ts';
import type { OrderEvent } from '../../src/events/index.ts';
import { expectSound } from './invariants.ts';
import { say, WORDS } from './other-service.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve, stands } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier({ reservationMs: 4_000 });
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const TYPES = Object.keys(WORDS) as OrderEvent['type'][];

type Listed = ContradictionsQuery['contradictions'];

const pageOf = async (window: ContradictionsQueryVariables): Promise<Listed> =>
  (await client.request(ContradictionsDocument, window)).contradictions;

const idsOf = ({ edges }: Listed): readonly string[] => edges.map(({ node }) => node.event.eventId);

const contradictionsOf = async (orderId: string) => {
  const { edges } = await pageOf({ first: 100 });
  return edges.map(({ node }) => node).filter((node) => node.orderId === orderId);
};

describe('what another service says of an order that awaits its payment', () => {
  it('never holds stock for what is over, and leaves no order without an end', async () => {
    const productId = await shelve(client, 100);
    const placed = await Promise.all(
      TYPES.map(async (type) => [type, await placeOrder(client, [{ productId, quantity: 1 }])] as const),
    );
    // All at once: each before its reservation ends.
    await Promise.all(
      placed.map(async ([type, orderId]) => {
        await reaches(client, orderId, 'AWAITING_PAYMENT');
        await say(panier.redis, WORDS[type](orderId, productId), 2);
      }),
    );
    const orders = await Promise.all(placed.map(([, orderId]) => ends(client, orderId)));
    const reasons = new Map(placed.map(([type], index) => [type, orders[index]?.failure?.reason]));
    expect(orders.map(({ status }) => status)).toEqual(TYPES.map(() => 'CANCELLED'));
    expect(reasons.get('PaymentFailed')).toBe('PAYMENT_DECLINED');
    const others = TYPES.filter((type) => type !== 'PaymentFailed');
    expect(others.map((type) => reasons.get(type))).toEqual(others.map(() => 'PAYMENT_EXPIRED'));
    await stands(client, productId, { available: 100, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });

  it('is shown to operators with the reason, and changes nothing', async () => {
    const productId = await shelve(client, 5);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    await reaches(client, orderId, 'CONFIRMED');
    const failed = WORDS.PaymentFailed(orderId, productId);
    for (const word of [WORDS.OrderRejected(orderId, productId), failed]) await say(panier.redis, word);
    const found = await eventually(async () => {
      const all = await contradictionsOf(orderId);
      expect(all).toHaveLength(2);
      return all;
    });
    const told = found.map(({ event, reason, more, order }) => [event.type, reason, more, order?.status]);
    expect(told.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1))).toEqual([
      ['OrderRejected', 'OrderRejected is for ecommerce-api to say: the order did not change.', 0, 'CONFIRMED'],
      [
        'PaymentFailed',
        'The order is confirmed: the report that its payment failed did not change it.',
        0,
        'CONFIRMED',
      ],
    ]);
    expect(await orderOf(client, orderId)).toMatchObject({ status: 'CONFIRMED', failure: null });
  });

  it('is listed from either end, a few at a time, each once', async () => {
    const ids = idsOf(await pageOf({ first: 100 }));
    const forth: string[] = [];
    for (let page = await pageOf({ first: 2 }); ; page = await pageOf({ first: 2, after: page.pageInfo.endCursor })) {
      forth.push(...idsOf(page));
      if (!page.pageInfo.hasNextPage) break;
    }
    const back: string[] = [];
    for (let page = await pageOf({ last: 3 }); ; page = await pageOf({ last: 3, before: page.pageInfo.startCursor })) {
      back.unshift(...idsOf(page));
      if (!page.pageInfo.hasPreviousPage) break;
    }
    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
    expect(forth).toEqual(ids);
    expect(back).toEqual(ids);
  });
});
