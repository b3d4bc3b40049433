import { Client as PostgresClient } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { startProxy, type TcpProxy } from '../../harness/support/tcp-proxy.ts';
import {
  AdjustStockDocument,
  accepted,
  type Client,
  DeadLettersDocument,
  DiscardDeadLetterDocument,
  RequestFailed,
  StartReplayDocument,
  StartVerificationDocument,
  UpkeepRunsDocument,
} from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { DATABASE_HOMES, type DatabaseHome, sleep } from '../../src/platform/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, productOf, shelve, stands } from './shop.ts';

/** All that is in a database and at home elsewhere: keys of commands are kept wherever commands are answered. */
const FOREIGN: Readonly<Record<DatabaseHome, readonly string[]>> = {
  shared: ['schema write', 'schema saga', 'schema audit', 'schema read'],
  write: ['schema saga', 'schema audit', 'schema read'],
  saga: ['table write.journal', 'table write.outbox', 'table write.task', 'schema audit', 'schema read'],
  audit: ['schema write', 'schema saga'],
};
const SHARED = ['schema access', 'schema webhook', 'schema upkeep', 'table bus.dead_letter', 'table bus.process'];

const dropForeign = async (url: string, home: DatabaseHome): Promise<void> => {
  const client = new PostgresClient({ connectionString: url });
  await client.connect();
  const foreign = [...FOREIGN[home], ...(home === 'shared' ? [] : SHARED)];
  for (const each of foreign) await client.query(`drop ${each} cascade`);
  await client.end();
};

const lines: string[] = [];
const LEASE_MS = 600;
/** Sweeps as often as can be, and tells of whatever is tried again. */
const SETTINGS = {
  partitions: 2,
  leaseMs: LEASE_MS,
  maxDeliveries: 1,
  claimIdleMs: 200,
  sweepAfterMs: 300,
  logLevel: 'debug',
  onLine: (line: string) => void lines.push(line),
} as const;

/** Told within 2 s, of what half a second ago was no other. */
const NOTICED = { timeout: 10_000 };
const NOWHERE = 'postgres://127.0.0.1:1';

let opened: AsyncDisposableStack;
let panier: TestPanier;
let client: Client;
let links: ReadonlyMap<DatabaseHome, TcpProxy>;
let places: ReadonlyMap<DatabaseHome, string>;

const linkTo = async (home: DatabaseHome) => {
  const { url } = opened.use(await testDatabase());
  return { home, url, link: opened.use(await startProxy(url)) };
};

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const linked = await Promise.all(DATABASE_HOMES.map(linkTo));
  links = new Map(linked.map(({ home, link }) => [home, link]));
  places = new Map(linked.map(({ home, url }) => [home, url]));
  const { shared = '', ...databaseHomes } = Object.fromEntries(linked.map(({ home, link }) => [home, link.url]));
  const database = { url: shared, [Symbol.asyncDispose]: async () => {} };
  panier = opened.use(await startPanier({ databaseHomes, ...SETTINGS }, database));
  for (const { home, url } of linked) await dropForeign(url, home);
  client = panier.client();
}, 60_000);
afterAll(() => opened.disposeAsync());

const letters = async () => (await client.request(DeadLettersDocument, { first: 10 })).deadLetters.edges;

const endedRun = (id: string) =>
  eventually(async () => {
    const run = (await client.request(UpkeepRunsDocument, { last: 5 })).upkeepRuns.find((each) => each.id === id);
    expect(['COMPLETED', 'FAILED']).toContain(run?.status);
    return run;
  }, 40_000);

describe('a panier of which each database has its own home alone, and nothing of the others', () => {
  it('confirms an order, and gives back the stock of one that is declined', async () => {
    const productId = await shelve(client, 10);
    const place = (paymentMethod: string) => placeOrder(client, [{ productId, quantity: 2 }], { paymentMethod });
    const [paid, declined] = [await place('pm_card_visa'), await place('pm_card_chargeDeclined')];
    expect(await ends(client, paid)).toMatchObject({ status: 'CONFIRMED' });
    expect(await ends(client, declined)).toMatchObject({ status: 'CANCELLED' });
    await stands(client, productId, { available: 8, reserved: 0, sold: 2 });
  });

  it('shows a dead letter of any group, and settles it', async () => {
    await panier.redis.xadd(STREAMS.orders, '*', 'event_type', 'OrderEaten');
    await eventually(async () => expect(await letters()).toHaveLength(3));
    for (const { node } of await letters()) {
      const input = { id: node.id, reason: 'a test' };
      const letter = accepted((await client.request(DiscardDeadLetterDocument, { input })).discardDeadLetter);
      expect(letter).toMatchObject({ state: 'DISCARDED' });
    }
  });

  it('holds every rule, each of them asked where it is at home', async () => {
    const input = { graceSeconds: 0, pauseSeconds: 2 };
    const { id } = accepted((await client.request(StartVerificationDocument, { input })).startVerification);
    const run = await endedRun(id);
    const others = run?.steps.filter(({ status }) => status !== 'HELD');
    expect(others?.map(({ name, status, findings }) => ({ name, status, findings }))).toEqual([]);
    expect(run).toMatchObject({ status: 'COMPLETED', reason: null });
  });

  it('folds its read models anew', async () => {
    const { id } = accepted((await client.request(StartReplayDocument, { input: { dryRun: false } })).startReplay);
    const run = await endedRun(id);
    expect(run).toMatchObject({ status: 'COMPLETED', reason: null });
    expect(run?.steps.filter(({ status }) => status === 'BROKEN')).toEqual([]);
  });

  it('asks nowhere for what is not there, whatever it does by itself', () => {
    expect(lines.filter((line) => line.includes('does not exist'))).toEqual([]);
  });

  it('is ready', async () => {
    const answer = await fetch(new URL('/readyz', panier.url));
    expect(await answer.json()).toMatchObject({
      checks: { postgresql: true, commands: true, stock: true, redis: true, relay: true },
    });
  });
});

const checks = async (): Promise<unknown> => {
  const response = await fetch(new URL('/readyz', panier.url));
  return ((await response.json()) as { readonly checks: unknown }).checks;
};

/** The server of a home is gone until disposed: whoever is connected is cut off, and nobody is let in. */
const away = (home: DatabaseHome): Disposable => {
  const link = links.get(home);
  link?.leadTo(NOWHERE);
  link?.cutAll();
  return { [Symbol.dispose]: () => link?.leadTo(places.get(home) ?? NOWHERE) };
};

const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  const error = await asked.catch((reason: unknown) => reason);
  return error instanceof RequestFailed ? String(error.codes[0]) : 'ANSWERED';
};

const isBack = async (): Promise<void> =>
  eventually(async () => expect((await fetch(new URL('/health/ready', panier.url))).status).toBe(200), 20_000);

/** The server of a home says nothing until disposed, and nobody's connection ends. */
const silent = (home: DatabaseHome): Disposable => {
  const link = links.get(home);
  link?.openHole();
  return { [Symbol.dispose]: () => link?.healHole() };
};

const readiness = async (): Promise<number> => (await fetch(new URL('/readyz', panier.url))).status;
const serving = async (): Promise<number> => (await fetch(new URL('/readyz/serving', panier.url))).status;

describe('while one server is silent', () => {
  it.each(['write', 'saga', 'audit'] as const)('a probe is told in time: %s', async (home) => {
    {
      using _ = silent(home);
      await expect.poll(readiness).toBe(503);
      expect(await ownMs(readiness)).toBeLessThan(3_000);
      // Of what is not silent it hears at once, whoever else is.
      expect(await ownMs(async () => expect(await serving()).toBe(200))).toBeLessThan(1_000);
    }
    await isBack();
  });
});

describe('while one server is away', () => {
  let productId: string;
  const place = () => placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
  const adjust = () => client.request(AdjustStockDocument, { input: { productId, delta: 1, reason: 'found' } });

  beforeAll(async () => {
    productId = await shelve(client, 10);
    await productOf(client, productId);
  });
  afterEach(isBack);

  it('of the stock: orders are taken, and wait for it', async () => {
    const orderId = await (async () => {
      using _away = away('saga');
      expect(await codeOf(adjust())).toBe('UNAVAILABLE');
      await expect.poll(checks, NOTICED).toMatchObject({ postgresql: true, commands: true, stock: false });
      expect([await readiness(), await serving()]).toEqual([503, 200]);
      const placed = await place();
      await eventually(async () => expect(await orderOf(client, placed)).toMatchObject({ status: 'PENDING' }));
      return placed;
    })();
    expect(await ends(client, orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('of the event store: commands are answered, and shown when it is back', async () => {
    const orderId = await (async () => {
      using _away = away('audit');
      expect(await codeOf(productOf(client, productId))).toBe('UNAVAILABLE');
      expect(await codeOf(adjust())).toBe('ANSWERED');
      await expect.poll(checks, NOTICED).toMatchObject({ postgresql: false, commands: true, stock: true });
      expect([await readiness(), await serving()]).toEqual([503, 200]);
      const placed = await place();
      return placed;
    })();
    expect(await ends(client, orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('of carts and orders: what is there is shown, and nothing is ordered', async () => {
    using _away = away('write');
    expect(await codeOf(productOf(client, productId))).toBe('ANSWERED');
    expect(await codeOf(place())).toBe('UNAVAILABLE');
    await expect.poll(checks, NOTICED).toMatchObject({ postgresql: true, commands: false, stock: true });
    expect([await readiness(), await serving()]).toEqual([503, 200]);
  });

  it('of carts and orders, and that of the event store: it serves nobody until one is back', async () => {
    using _events = away('audit');
    {
      using _carts = away('write');
      await expect.poll(serving, NOTICED).toBe(503);
    }
    await expect.poll(serving, NOTICED).toBe(200);
  });

  it('of what all share: orders go on to their end, and dead letters are not seen', async () => {
    using _away = away('shared');
    expect(await codeOf(letters())).toBe('UNAVAILABLE');
    await sleep(2 * LEASE_MS);
    expect(await ends(client, await place(), 30_000)).toMatchObject({ status: 'CONFIRMED' });
  });
});
