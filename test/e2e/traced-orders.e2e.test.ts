import { CompiledQuery } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { untilOver } from '../../harness/chaos/observe/index.ts';
import { countedAt, lostIn, openIn, untilClosed } from '../../harness/tracing/counted.ts';
import { evidenceOf } from '../../harness/tracing/evidence-of.ts';
import { ordersOf } from '../../harness/tracing/gather.ts';
import { Crowd } from '../../harness/tracing/shop/index.ts';
import { openSink, type Sink, SpanStore } from '../../harness/tracing/sink/index.ts';
import { judge, type OrderSeen } from '../../harness/tracing/verdict/index.ts';
import { readConfig } from '../../src/platform/index.ts';
import { startPanier, type TestPanier } from './panier.ts';

const ORDERS = 30;
const RESERVATION_MS = 4_000;
const PATIENCE_MS = 30_000;

let spans: SpanStore;
let sink: Sink;
beforeEach(async () => {
  spans = new SpanStore();
  sink = await openSink({ take: (span) => spans.add(span), keeps: true });
});
afterEach(() => sink[Symbol.asyncDispose]());

const start = (): Promise<TestPanier> => {
  const { traces } = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_BSP_SCHEDULE_DELAY: '200' });
  return startPanier({
    traces,
    ops: { host: '127.0.0.1', port: 0 },
    reservationMs: RESERVATION_MS,
    chargeGraceMs: 1_000,
  });
};

const queried =
  ({ db }: TestPanier) =>
  async <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;

/** Buys at a panier until all is over. Its end, with which it sends what it has left, is the caller's. */
const buy = async (panier: TestPanier, orders: number) => {
  const gateways = [new URL('/graphql', panier.url).href];
  const crowd = new Crowd({ gateways, orders, atOnce: 10, seed: 1 });
  await crowd.shop();
  const query = queried(panier);
  const { left } = await untilOver({ postgres: { query }, redis: { client: panier.redis } }, PATIENCE_MS);
  crowd.leave();
  const frames = new Map(await Promise.all(crowd.bought.map(async (one) => [one.orderId, await one.frames] as const)));
  const customersOf = (id: string): Pick<OrderSeen, 'commands' | 'isWatched'> => {
    const later = crowd.bought.find(({ orderId }) => orderId === id)?.play.later;
    return { commands: later === undefined ? [] : [later.command], isWatched: (frames.get(id) ?? 0) > 0 };
  };
  return { crowd, left, orders: await ordersOf({ query }, customersOf) };
};

const statusesOf = (orders: readonly OrderSeen[]): ReadonlyMap<string, string> =>
  new Map(orders.map(({ id, status }) => [id, status]));

describe('the trace of an order', () => {
  it('is whole, however the order ends', async () => {
    await using panier = await start();
    const { crowd, left, orders } = await buy(panier, ORDERS);
    const counted = await untilClosed(async () => [await countedAt('panier', panier.panier.opsUrl ?? '')]);
    await panier[Symbol.asyncDispose]();
    expect([...openIn(counted), ...lostIn(counted)]).toEqual([]);
    expect(spans.size).toBeGreaterThanOrEqual(counted[0]?.ended ?? Number.NaN);
    expect(left).toEqual([]);
    expect(statusesOf(orders)).toEqual(new Map(crowd.bought.map(({ orderId, play }) => [orderId, play.ends])));
    expect(orders.filter(({ isWatched }) => isWatched).length).toBeGreaterThan(0);
    const outside = crowd.callers.spanIds;
    expect([...judge(evidenceOf({ spans, orders, borne: [], outside, kills: [], sharesClock: true }))]).toEqual([]);
    expect(sink.complaints).toEqual([]);
  });

  it('is nobody’s worry while nobody takes it', async () => {
    sink.be({ type: 'Away' });
    await using panier = await start();
    const { crowd, left, orders } = await buy(panier, 8);
    expect(left).toEqual([]);
    expect(statusesOf(orders)).toEqual(new Map(crowd.bought.map(({ orderId, play }) => [orderId, play.ends])));
    expect(spans.size).toBe(0);
  });
});
