import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Redis } from 'ioredis';
import { sql } from 'kysely';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { copyDatabase } from '../../harness/support/copy-database.ts';
import { eventually } from '../../harness/support/eventually.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { changePartitions } from '../../src/audit/index.ts';
import { toldRouting } from '../../src/bus/index.ts';
import { JOURNALS, openDatabase } from '../../src/database/index.ts';
import { expectSound } from './invariants.ts';
import { paymentSucceeded, say } from './other-service.ts';
import { startPanier } from './panier.ts';
import { ends, placeOrder, reaches, shelve, stands } from './shop.ts';

const run = promisify(execFile);

interface Said {
  readonly said: string;
  readonly code: number;
}

const restored = async (database: TestDatabase, redis: TestRedis, ...options: readonly string[]): Promise<Said> => {
  const env = { ...process.env, DATABASE_URL: database.url, REDIS_URL: redis.url };
  const program = join(import.meta.dirname, '../../src/cli/restored.ts');
  try {
    const { stdout } = await run(process.execPath, [program, ...options], { env });
    return { said: stdout, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as {
      readonly stdout: string;
      readonly stderr: string;
      readonly code: number;
    };
    return { said: stdout + stderr, code };
  }
};

/** Else their heartbeats, restored with the rest, would be waited for until they are old. */
const forgetProcesses = async ({ url }: TestDatabase): Promise<void> => {
  await using opened = openDatabase({ url, name: 'test', maxConnections: 1 });
  await opened.db.deleteFrom('bus.process').execute();
};

/** From now on new events go to partitions, of which a backup of before knows nothing. */
const divide = async (redis: Redis, { url }: TestDatabase): Promise<void> => {
  await using opened = openDatabase({ url, name: 'test', maxConnections: 1 });
  await changePartitions(opened, 4);
  for (const journal of JOURNALS) await eventually(async () => expect(await toldRouting(redis, journal)).toBe(4));
};

/** A backup of before; then an order was sold with one partition and one with four, and another service told of a payment for one that waited. */
const openScene = async () => {
  await using opening = new AsyncDisposableStack();
  const [source, backup] = [opening.use(await testDatabase()), opening.use(await testDatabase())];
  const redis = opening.use(await testRedis());
  await using panier = await startPanier({}, source, redis);
  const productId = await shelve(panier.client(), 5);
  const waiting = await placeOrder(panier.client(), [{ productId, quantity: 1 }]);
  await reaches(panier.client(), waiting, 'AWAITING_PAYMENT');
  await copyDatabase(source.url, backup.url);
  await forgetProcesses(backup);
  const lost = await placeOrder(panier.client(), [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
  await ends(panier.client(), lost);
  await divide(panier.redis, source);
  await ends(
    panier.client(),
    await placeOrder(panier.client(), [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }),
  );
  await say(panier.redis, paymentSucceeded(waiting));
  await ends(panier.client(), waiting);
  await expectSound(panier.db);
  const opened = opening.move();
  return { source, backup, redis, productId, waiting, lost, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

const ownIds = async (database: TestDatabase): Promise<readonly string[]> => {
  await using opened = openDatabase({ url: database.url, name: 'test', maxConnections: 1, readsWholeTables: true });
  const { rows } = await sql<{ readonly event_id: string }>`
    select event_id from write.journal where not heard union all select event_id from saga.journal where not heard`.execute(
    opened.db,
  );
  return rows.map(({ event_id }) => event_id);
};

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { readonly lost: boolean; readonly event_id: string; readonly event_type: string },
    );

let scene: Awaited<ReturnType<typeof openScene>>;
let list: string;

beforeAll(async () => {
  scene = await openScene();
  list = join(mkdtempSync(join(inject('runDirectory'), 'restored-')), 'lost.jsonl');
  return () => scene[Symbol.asyncDispose]();
});

describe('a database that was restored beside a Redis that is newer', () => {
  it('is told what it lost, event by event, and nothing is changed', async () => {
    const { said, code } = await restored(scene.backup, scene.redis, '--to', list);
    const there = new Set(await ownIds(scene.backup));
    const gone = (await ownIds(scene.source)).filter((id) => !there.has(id));
    const [lost, kept] = [linesOf(list).filter((line) => line.lost), linesOf(list).filter((line) => !line.lost)];
    expect(lost.map((line) => line.event_id).toSorted()).toEqual(gone.toSorted());
    expect(kept.map((line) => line.event_type)).toEqual(['PaymentSucceeded']);
    expect(said).toContain(`${gone.length} events of panier's own were acknowledged after that, and lost:`);
    expect(said).toContain('1 event of other services, which the database lacks, is kept:');
    expect(code).toBe(0);
  });

  it('is not mended when what was lost would be told nowhere', async () => {
    const { said, code } = await restored(scene.backup, scene.redis, '--mend', '--to', list);
    expect(said).toContain(`The list cannot be written to ${list}: EEXIST`);
    expect(code).toBe(1);
  });

  it('is made to fit it: what others said meanwhile is heard, and what was lost is gone', async () => {
    const { backup, redis, productId, waiting, lost } = scene;
    expect(await restored(backup, redis, '--mend', '--to', `${list}.2`)).toMatchObject({ code: 0 });
    expect(readFileSync(`${list}.2`, 'utf8')).toBe(readFileSync(list, 'utf8'));
    await using panier = await startPanier({}, backup, redis);
    expect(await ends(panier.client(), waiting, 30_000)).toMatchObject({ status: 'CONFIRMED' });
    await stands(panier.client(), productId, { available: 4, reserved: 0, sold: 1 });
    await expectSound(panier.db);
    const { rows } = await sql`select from audit.event_store where aggregate_id = ${lost}`.execute(panier.db);
    expect(rows).toEqual([]);
  });
});
