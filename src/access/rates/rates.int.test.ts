import type { Redis } from 'ioredis';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestRedis, testRedis } from '../../../harness/support/servers.ts';
import { busUser, openRedis, RATE_KEYS } from '../../bus/index.ts';
import { NO_RATE_LIMITS } from '../../platform/index.ts';
import type { Viewer } from '../viewer.ts';
import { openRates, type Rates } from './open-rates.ts';

const LIMIT = 100;
const CUSTOMER: Viewer = { kind: 'Customer', customerId: 'customer-1' };
const QUERY = { points: 1, commands: 0, visits: 0 };

const users = [
  busUser({ name: 'gateway', service: 'gateway', password: 'secret', streams: [], channel: 'c', redisPrefix: 'p:' }),
];

let server: TestRedis;
let administrator: Redis;
let opened: DisposableStack;

beforeAll(async () => {
  server = await testRedis({ users: users.map(({ name, rules }) => [name, ...rules].join(' ')) });
  administrator = openRedis(server.url);
  return async () => {
    administrator.disconnect();
    await server[Symbol.asyncDispose]();
  };
});
beforeEach(async () => {
  opened = new DisposableStack();
  await administrator.flushall();
});
afterEach(() => opened.dispose());

/** A gateway's, which comes to Redis as the gateway's user. */
const openGateway = async (limits = { customer: LIMIT }): Promise<Rates> => {
  const url = new URL(server.url);
  url.username = 'gateway';
  url.password = 'secret';
  const redis = opened.adopt(openRedis({ url: url.href, prefix: 'p:', ownership: null }), (each) => each.disconnect());
  await redis.ping();
  return openRates({ limits: { ...NO_RATE_LIMITS, ...limits }, redis });
};

const keysThere = (): Promise<readonly string[]> => administrator.keys(`p:${RATE_KEYS}:*`);
const spentThere = async (): Promise<number> =>
  Number(await administrator.get(`p:${RATE_KEYS}:customer:customer:customer-1`));

const ask = (rates: Rates): boolean => rates.run({ viewer: CUSTOMER, address: '192.0.2.1' }, QUERY) === 0;

const STEP = LIMIT / 20;

/** Asks until it is refused, as Redis comes along. */
const servedBy = async (rates: Rates): Promise<number> => {
  for (let served = 0; served <= LIMIT; served += 1) {
    if (!ask(rates)) return served;
    await spentThere();
  }
  return Number.POSITIVE_INFINITY;
};

describe('the rates of two gateways', () => {
  it('are one: who has spent it at one has nothing left at the other', async () => {
    const [one, other] = [await openGateway(), await openGateway()];
    expect(await servedBy(one)).toBe(LIMIT);
    expect(await spentThere()).toBeGreaterThan(LIMIT - STEP);
    expect(await servedBy(other)).toBeLessThanOrEqual(2 * STEP);
  });

  it('are of each viewer, and end with the minute', async () => {
    const rates = await openGateway();
    await servedBy(rates);
    const another: Viewer = { kind: 'Visitor', visitorId: 'customer-1' };
    expect(rates.run({ viewer: another, address: '192.0.2.1' }, QUERY)).toBe(0);
    const [key = ''] = await keysThere();
    const seconds = await administrator.ttl(key);
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('cost Redis nothing for who is refused', async () => {
    const rates = await openGateway();
    await servedBy(rates);
    const spent = await spentThere();
    for (let nth = 0; nth < 1_000; nth += 1) expect(ask(rates)).toBe(false);
    expect(await spentThere()).toBe(spent);
  });

  it('go on in each of them while Redis is away', async () => {
    const rates = await openGateway();
    await server.kill();
    let served = 0;
    for (; ask(rates) && served <= LIMIT; served += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(served).toBe(LIMIT);
    await server.restart();
  });
});

const from = (address: string) => ({ viewer: { kind: 'Nobody' } as const, address });

describe('who asks', () => {
  it('is counted by address, one of IPv6 by its network', async () => {
    const rates = openRates({ limits: { ...NO_RATE_LIMITS, address: 1 }, redis: null });
    expect(rates.arrive('2001:db8:1:2::1')).toBe(0);
    expect(rates.arrive('2001:db8:1:2::2')).toBe(60);
    expect(rates.arrive('2001:db8:1:3::1')).toBe(0);
  });

  it('has fewer commands, and fewer sign-ups', async () => {
    const rates = openRates({ limits: { ...NO_RATE_LIMITS, addressCommands: 2, addressVisits: 1 }, redis: null });
    const visit = { points: 1, commands: 1, visits: 1 };
    const command = { ...visit, visits: 0 };
    expect(rates.run(from('a'), visit)).toBe(0);
    expect(rates.run(from('a'), visit)).toBe(60);
    expect(rates.run(from('a'), QUERY)).toBe(0);
    expect(rates.run(from('b'), command)).toBe(0);
    expect(rates.run(from('b'), command)).toBe(0);
    expect(rates.run(from('b'), command)).toBe(60);
  });

  it.each(['Operator', 'Service'] as const)('as %s has a rate of its own', (kind) => {
    const limits = { ...NO_RATE_LIMITS, customer: 1, operator: 2, service: 2 };
    const rates = openRates({ limits, redis: null });
    const runner = { viewer: { kind, subject: 'x', scopes: new Set<never>() }, address: 'a' };
    const outcomes = [1, 2, 3].map(() => rates.run(runner, QUERY));
    expect(outcomes).toEqual([0, 0, 60]);
  });
});
