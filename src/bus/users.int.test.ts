import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestRedis, testRedis } from '../../harness/support/servers.ts';
import { STREAMS } from '../events/index.ts';
import { REDIS_SERVICES, type RedisService } from '../platform/index.ts';
import { busUser, makeBusUsers } from './index.ts';

const CHANNEL = 'test.changes';
const OWN = STREAMS.orders;
const OTHER = STREAMS.carts;

const userOf = (service: RedisService, password = `secret-${service}`) =>
  busUser({ name: `test_${service}`, service, password, streams: [OWN], channel: CHANNEL });

const USERS = REDIS_SERVICES.map((service) => userOf(service));

let server: TestRedis;
let opened: AsyncDisposableStack;
let administrator: Redis;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  server = opened.use(await testRedis());
  administrator = connect(server.url);
  await makeBusUsers(administrator, USERS, { newPasswords: false });
  await administrator.xadd(OWN, '*', 'a', 'b');
  await administrator.xadd(OTHER, '*', 'a', 'b');
});

afterAll(() => opened.disposeAsync());

const connect = (url: string): Redis => {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null, disableClientInfo: true });
  redis.on('error', () => {});
  return opened.adopt(redis, (each) => each.disconnect());
};

const urlAs = (service: RedisService, password = `secret-${service}`): string => {
  const url = new URL(server.url);
  url.username = `test_${service}`;
  url.password = password;
  return url.href;
};

const isRefused = (answer: Promise<unknown>): Promise<boolean> =>
  answer.then(
    () => false,
    (error: unknown) => error instanceof Error && error.message.startsWith('NOPERM'),
  );

/** What a server, or its data, could be taken over or lost with; nobody of panier's needs any of it. */
const DANGEROUS: readonly (readonly [string, ...string[]])[] = [
  ['FLUSHALL'],
  ['FLUSHDB'],
  ['KEYS', '*'],
  ['SCAN', '0'],
  ['CONFIG', 'GET', '*'],
  ['CONFIG', 'SET', 'dir', '/tmp'],
  ['ACL', 'LIST'],
  ['SHUTDOWN'],
  ['MONITOR'],
  ['REPLICAOF', 'NO', 'ONE'],
  ['SCRIPT', 'FLUSH'],
  ['CLIENT', 'KILL', 'TYPE', 'normal'],
  ['DEL', OWN],
  ['XDEL', OWN, '1-1'],
  ['XGROUP', 'DESTROY', OWN, 'g'],
  ['XGROUP', 'SETID', OWN, 'g', '$'],
  ['RESTORE', OWN, '0', 'x'],
];

describe.each(REDIS_SERVICES)('the user of %s', (service) => {
  it.each(DANGEROUS)('may not say %s', async (name, ...args) => {
    expect(await isRefused(connect(urlAs(service)).call(name, ...args))).toBe(true);
  });

  it('does nothing to a stream that is not its service’s, by a script either', async () => {
    const redis = connect(urlAs(service));
    const told = [
      redis.xadd(OTHER, '*', 'a', 'b'),
      redis.xreadgroup('GROUP', 'g', 'c', 'STREAMS', OTHER, '>'),
      redis.xrange(OTHER, '-', '+'),
      redis.eval("return redis.call('XRANGE', KEYS[1], '-', '+')", 1, OTHER),
      redis.set('x', 'y'),
      redis.publish('elsewhere', 'x'),
    ];
    expect(await Promise.all(told.map(isRefused))).toEqual(told.map(() => true));
  });
});

describe('users that are made again', () => {
  it('keep their passwords, and get back what they may', async () => {
    await administrator.call('ACL', 'SETUSER', 'test_saga', '~*', '+flushall');
    const fresh = await makeBusUsers(administrator, [userOf('saga', 'another')], { newPasswords: false });
    expect(fresh).toEqual(new Set());
    const saga = connect(urlAs('saga'));
    expect(await saga.ping()).toBe('PONG');
    expect(await isRefused(saga.call('FLUSHALL'))).toBe(true);
    expect(await isRefused(saga.exists(OTHER))).toBe(true);
  });

  it('get new ones when that is asked for', async () => {
    const fresh = await makeBusUsers(administrator, [userOf('audit', 'another')], { newPasswords: true });
    expect(fresh).toEqual(new Set(['test_audit']));
    expect(await connect(urlAs('audit', 'another')).ping()).toBe('PONG');
    await expect(connect(urlAs('audit')).ping()).rejects.toThrow('WRONGPASS');
  });
});
