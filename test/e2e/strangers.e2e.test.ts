import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  ContradictionsDocument,
  type ContradictionsQuery,
  type ContradictionsQueryVariables,
} from '../../src/cli/client.ts';
import { CHECKS } from '../../src/cli/verify/checks.ts';
import { type DomainEvent, newId, type OrderEvent } from '../../src/events/index.ts';
import { eventually } from '../support/eventually.ts';
import { expectSound } from './invariants.ts';
import { orderCreated, say } from './other-service.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve, stands } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier({ reservationMs: 4_000 });
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const money = { amount: '12.50', currency: 'EUR' };

/** Every word on an order, as a service says it whose word it is not. */
const WORDS: Readonly<Record<OrderEvent['type'], (orderId: string, productId: string) => DomainEvent>> = {
  OrderCreated: (orderId, productId) => orderCreated(orderId, productId, 3),
  OrderConfirmed: (orderId) => ({ type: 'OrderConfirmed', data: { orderId } }),
  OrderRejected: (orderId) => ({ type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } }),
  OrderCancelled: (orderId) => ({ type: 'OrderCancelled', data: { orderId, reason: 'no' } }),
  StockReserved: (orderId, productId) => {
    const lines = [{ productId, quantity: 9 }];
    return { type: 'StockReserved', data: { orderId, ok: true, lines, expiresAt: '9999-01-01T00:00:00Z' } };
  },
  StockReservationFailed: (orderId, productId) => {
    const shortages = [{ productId, requested: 1, available: 0 }];
    return { type: 'StockReservationFailed', data: { orderId, ok: false, shortages } };
  },
  StockCompensated: (orderId, productId) => ({
    type: 'StockCompensated',
    data: { orderId, lines: [{ productId, quantity: 1 }] },
  }),
  PaymentRequested: (orderId) => ({
    type: 'PaymentRequested',
    data: { orderId, ...money, paymentMethod: 'pm_card_visa', attempt: 1 },
  }),
  PaymentRefunded: (orderId) => ({
    type: 'PaymentRefunded',
    data: { orderId, paymentId: newId('Payment'), ...money, reason: 'no' },
  }),
  PaymentSucceeded: (orderId) => ({
    type: 'PaymentSucceeded',
    data: { orderId, paymentId: newId('Payment'), amount: '10.005', currency: 'EUR' },
  }),
  PaymentFailed: (orderId) => ({ type: 'PaymentFailed', data: { orderId, reason: 'PAYMENT_DECLINED', message: 'no' } }),
};

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
    for (const [type, orderId] of placed) {
      await reaches(client, orderId, 'AWAITING_PAYMENT');
      await say(panier.redis, WORDS[type](orderId, productId), 2);
    }
    const orders = await Promise.all(placed.map(([, orderId]) => ends(client, orderId)));
    const reasons = new Map(placed.map(([type], index) => [type, orders[index]?.failure?.reason]));
    expect(orders.map(({ status }) => status)).toEqual(TYPES.map(() => 'CANCELLED'));
    expect(reasons.get('PaymentFailed')).toBe('PAYMENT_DECLINED');
    for (const type of TYPES) if (type !== 'PaymentFailed') expect(reasons.get(type)).toBe('PAYMENT_EXPIRED');
    await stands(client, productId, { available: 100, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });

  it('is shown to operators with the reason, page by page, and breaks no rule', async () => {
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
    expect(told.toSorted()).toEqual([
      ['OrderRejected', 'OrderRejected is for ecommerce-api to say: the order did not change.', 0, 'CONFIRMED'],
      [
        'PaymentFailed',
        'The order is confirmed: the report that its payment failed did not change it.',
        0,
        'CONFIRMED',
      ],
    ]);
    expect(await orderOf(client, orderId)).toMatchObject({ status: 'CONFIRMED', failure: null });
    const inspected = { session: panier.db, db: panier.db, redis: panier.redis, graceSeconds: 0, onShare: () => {} };
    await eventually(async () => {
      for (const { rule, isRemark, find } of CHECKS)
        if (isRemark !== true) expect({ rule, ...(await find(inspected, null)) }).toMatchObject({ rule, offenders: [] });
    });
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
