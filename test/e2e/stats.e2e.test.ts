import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type Client, StatsDocument, type StatsFieldsFragment, WatchStatsDocument } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, reaches, shelve } from './shop.ts';

let panier: TestPanier;
let client: Client;
let productId: string;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
  productId = await shelve(client, 100);
});
afterAll(() => panier[Symbol.asyncDispose]());

const buy = (paymentMethod: string | undefined, quantity = 1) =>
  placeOrder(client, [{ productId, quantity }], paymentMethod === undefined ? {} : { paymentMethod });

const statsNow = async () => (await client.request(StatsDocument, { window: 'FIVE_MINUTES' })).stats;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const happenedIn = ({ checkouts, confirmations, rejections, cancellations }: StatsFieldsFragment) =>
  [checkouts, confirmations, rejections, cancellations].map(sum);
const inStatus = ({ orders }: StatsFieldsFragment) =>
  Object.fromEntries(orders.flatMap(({ status, count }) => (count === 0 ? [] : [[status, count]])));

describe('the statistics', () => {
  it('count each order by its status, by what happened to it, and by how long it took', async () => {
    const waiting = await buy(undefined);
    const ended = [await buy('pm_card_visa'), await buy('pm_card_chargeDeclined'), await buy('pm_card_visa', 900)];
    for (const id of ended) await ends(client, id);
    await reaches(client, waiting, 'AWAITING_PAYMENT');
    const stats = await statsNow();
    expect(inStatus(stats)).toEqual({ AWAITING_PAYMENT: 1, CONFIRMED: 1, CANCELLED: 1, REJECTED: 1 });
    expect(happenedIn(stats)).toEqual([4, 1, 1, 1]);
    expect(stats.checkouts).toHaveLength(300);
    expect(stats.durations.map(({ outcome, count }) => [outcome, count])).toEqual([
      ['CONFIRMED', 1],
      ['REJECTED', 1],
      ['CANCELLED', 1],
    ]);
    for (const { p50Ms, p99Ms } of stats.durations) {
      expect(p50Ms).toBeLessThan(10_000);
      expect(p99Ms).toBe(p50Ms);
    }
    expect(Date.parse(stats.oldestOpenAt ?? '')).toBeGreaterThan(Date.parse(stats.from));
  });
});

describe('watching the statistics', () => {
  it('tells how they are, then every change, at most once a second', async () => {
    const feed = client.watch(WatchStatsDocument, { window: 'HOUR' });
    const first = (await feed.next()).value?.stats;
    const before = first?.orders.find(({ status }) => status === 'CONFIRMED')?.count ?? 0;
    const bought = Promise.all(Array.from({ length: 5 }, async () => ends(client, await buy('pm_card_visa'))));
    const seenAtMs: number[] = [performance.now()];
    for await (const { stats } of feed) {
      seenAtMs.push(performance.now());
      if (inStatus(stats)['CONFIRMED'] === before + 5) break;
    }
    await bought;
    // What was told late lets the next one seem early: all together they take their seconds.
    const elapsedMs = (seenAtMs.at(-1) ?? 0) - (seenAtMs[0] ?? 0);
    expect(elapsedMs).toBeGreaterThan((seenAtMs.length - 1) * 1_000 - 500);
  });

  it('tells nothing of what changes no order', async () => {
    const feed = client.watch(WatchStatsDocument, { window: 'FIVE_MINUTES' });
    await feed.next();
    const next = feed.next();
    await fillCart(client, [{ productId, quantity: 1 }]);
    await shelve(client, 1);
    const orderId = await buy('pm_card_visa');
    const checkouts = sum((await next).value?.stats.checkouts ?? []);
    await ends(client, orderId);
    await eventually(async () => expect(sum((await statsNow()).checkouts)).toBe(checkouts));
    await feed.return();
  });
});
