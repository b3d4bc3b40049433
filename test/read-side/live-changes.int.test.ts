import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartHistory, orderHistory } from '../../harness/support/recorded.ts';
import { type TestRedis, testRedis } from '../../harness/support/servers.ts';
import { openRedis } from '../../src/bus/index.ts';
import { announceTo, openRead, type Read, type Watch } from '../../src/read/index.ts';
import { logger, openReadSide, type ReadSide } from './read-side.ts';

const POLL_MS = 50;
const NO_POLL_MS = 3_600_000;

const resources = new AsyncDisposableStack();
let side: ReadSide;
let server: TestRedis;
let redis: Redis;
let read: Read;

beforeAll(async () => {
  side = resources.use(await openReadSide());
  server = resources.use(await testRedis());
  redis = resources.adopt(openRedis(server.url), (client) => client.disconnect());
  read = resources.use(openRead({ db: side.db, redis, logger, pollMs: POLL_MS }));
});
afterAll(() => resources.disposeAsync());

const isWoken = async (watch: Watch, timeoutMs: number): Promise<boolean> => {
  const deadline = AbortSignal.timeout(timeoutMs);
  await watch.next(deadline);
  return !deadline.aborted;
};

/** Until nothing of the start, or of what came before, wakes it any more. */
const quiet = async (watch: Watch): Promise<void> => {
  while (await isWoken(watch, 10 * POLL_MS));
};

describe('a watch', () => {
  it('is woken by the announcement of a change to its topic, and by no other', async () => {
    await using unpolled = openRead({ db: side.db, redis, logger, pollMs: NO_POLL_MS });
    using mine = unpolled.changes.watch([{ kind: 'carts', id: 'cart_mine' }]);
    using other = unpolled.changes.watch([{ kind: 'carts', id: 'cart_other' }]);
    using events = unpolled.changes.watch([{ kind: 'Events' }]);
    await Promise.all([quiet(mine), quiet(other), quiet(events)]);
    const audit = side.audit(announceTo(redis));
    await audit.handle(cartHistory('cart_mine'));
    expect(await isWoken(mine, 5_000)).toBe(true);
    expect(await isWoken(events, 5_000)).toBe(true);
    expect(await isWoken(other, 10 * POLL_MS)).toBe(false);
  });

  it('is woken by the poll when the announcement is lost', async () => {
    using order = read.changes.watch([{ kind: 'orders', id: 'order_lost' }]);
    using product = read.changes.watch([{ kind: 'products', id: 'prod_1' }]);
    await Promise.all([quiet(order), quiet(product)]);
    await side.audit().handle(orderHistory('order_lost', 'Confirmed'));
    expect(await isWoken(order, 5_000)).toBe(true);
    expect(await isWoken(product, 5_000)).toBe(true);
  });

  it('is woken for a lost announcement though later ones are received', async () => {
    using watch = read.changes.watch([{ kind: 'carts', id: 'cart_lost' }]);
    await quiet(watch);
    await side.audit().handle(cartHistory('cart_lost'));
    await side.audit(announceTo(redis)).handle(cartHistory('cart_heard'));
    expect(await isWoken(watch, 5_000)).toBe(true);
    await quiet(watch);
    await side.audit(announceTo(redis)).handle(cartHistory('cart_heard_again'));
    expect(await isWoken(watch, 10 * POLL_MS)).toBe(false);
  });

  it.each([
    { after: '0', position: '999999999999999999999', part: 1, parts: 1 },
    { after: '-1', position: '1e3', part: 1, parts: 1 },
    { after: '0', position: '9'.repeat(18), part: 1, parts: 1, carts: [{}], orders: 'x' },
  ])('is woken though somebody announced what never was: %j', async (lie) => {
    const id = `cart_lied_${JSON.stringify(lie).length}`;
    using watch = read.changes.watch([{ kind: 'carts', id }]);
    await quiet(watch);
    await redis.publish('ecommerce.read.changes', JSON.stringify(lie));
    await quiet(watch);
    await side.audit().handle(cartHistory(id));
    expect(await isWoken(watch, 5_000)).toBe(true);
  });

  it('merges wakes, however many came', async () => {
    using watch = read.changes.watch([{ kind: 'orders', id: 'order_many' }]);
    await quiet(watch);
    for (const event of orderHistory('order_many', 'Confirmed')) await side.audit(announceTo(redis)).handle([event]);
    expect(await isWoken(watch, 5_000)).toBe(true);
    await quiet(watch);
  });

  it('is woken while Redis is away, and by announcements once it is back', async () => {
    using watch = read.changes.watch([{ kind: 'orders', id: 'order_away' }]);
    await server.kill();
    await quiet(watch);
    const [first, second] = orderHistory('order_away', 'Confirmed');
    await side.audit().handle(first === undefined ? [] : [first]);
    expect(await isWoken(watch, 5_000)).toBe(true);
    await server.restart();
    expect(await isWoken(watch, 15_000)).toBe(true);
    await quiet(watch);
    await side.audit(announceTo(redis)).handle(second === undefined ? [] : [second]);
    expect(await isWoken(watch, 5_000)).toBe(true);
  });

  it('resolves when its signal aborts and when it is disposed', async () => {
    const watch = read.changes.watch([{ kind: 'carts', id: 'cart_idle' }]);
    await quiet(watch);
    expect(await watch.next(AbortSignal.abort())).toBeUndefined();
    const waiting = watch.next();
    watch[Symbol.dispose]();
    expect(await waiting).toBeUndefined();
  });
});
