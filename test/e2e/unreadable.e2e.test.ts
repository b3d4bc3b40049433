import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { shelve } from './shop.ts';

const run = promisify(execFile);

let panier: TestPanier;
let env: NodeJS.ProcessEnv;
let eventId: string;

/** An event whose data is not what the catalogue says: a hand, or a version of tomorrow, wrote it. */
const spoil = async (): Promise<void> => {
  const { rows } = await sql<{ event_id: string }>`
    insert into audit.event_store (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
      correlation_id, producer, producer_instance, schema_version, data)
    select 'event_spoilt', type, stream, occurred_at, aggregate_type, 'prod_spoilt', 1, correlation_id, 'shop', 'shop-1', 1,
      '{"product_id":5}' from audit.event_store where type = 'ProductUpserted' limit 1 returning event_id`.execute(
    panier.db,
  );
  eventId = rows[0]?.event_id ?? '';
};

beforeAll(async () => {
  panier = await startPanier();
  await shelve(panier.client(), 1);
  await eventually(async () => {
    await spoil();
    if (eventId === '') throw new Error('There is no event yet to make another one of');
  });
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(panier.db);
  const url = new URL(inject('postgresUrl'));
  url.pathname = rows[0]?.name ?? '';
  env = { ...process.env, DATABASE_URL: url.href, REDIS_URL: panier.redisServer.url };
});
afterAll(() => panier[Symbol.asyncDispose]());

const outputOf = async (command: string, ...args: readonly string[]): Promise<string> => {
  try {
    return (await run(process.execPath, [`src/cli/${command}.ts`, ...args], { env })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
};

describe('an event that cannot be read', () => {
  it('is named by verify, which goes on with all other rules', async () => {
    const output = await outputOf('verify', '--pause-seconds', '0.1', '--grace-seconds', '0');
    expect(output).toContain(`not checked: ${eventId}: product_id: must be an identifier`);
    expect(output).toMatch(/ok .* no dead letter waits for an operator\n/);
    expect(output).toMatch(/\d+ of \d+ rules are broken\.\n/);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('is named by replay, in a sentence', async () => {
    const output = await outputOf('replay', '--dry-run');
    expect(output.trim().split('\n').at(-1)).toBe(`${eventId}: product_id: must be an identifier`);
  });
});
