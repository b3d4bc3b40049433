import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client as PostgresClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { connect } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { ask, breakServers, liveThroughAll, METHODS, type Stage, THEIR_METHOD } from './eventful-run.ts';
import { spawnPanier } from './spawned-panier.ts';

const WITHIN_MS = 120_000;

let directory: string;
let stage: Stage;
let postgres: PostgresClient;
let secrets: readonly string[];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'panier-secrets-'));
  const panier = await spawnPanier(join(directory, 'data'), TOKEN_ENVIRONMENT);
  const client = connect({ url: panier.url, token: OPERATOR_TOKEN });
  stage = { panier, client, redis: new Redis(panier.redisUrl) };
  postgres = new PostgresClient({ connectionString: panier.databaseUrl });
  await postgres.connect();
  secrets = await liveThroughAll(stage);
}, WITHIN_MS);

afterAll(async () => {
  await postgres.end();
  stage.redis.disconnect();
  await stage.client[Symbol.asyncDispose]();
  await stage.panier[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const foundIn = (haystack: string, needles = secrets) => needles.filter((needle) => haystack.includes(needle));

const rowsOf = async (table: string): Promise<string> => {
  const { rows } = await postgres.query<{ text: string }>(`select each::text as text from ${table} as each`);
  return rows.map(({ text }) => text).join('\n');
};

const TABLES = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema') order by 1`;

describe('a run in which everything happens', () => {
  it('keeps no payment method once all charges are decided', async () => {
    await eventually(async () => expect(await rowsOf('write.payment_method')).toBe(''));
  });

  it('leaves no secret in a stream, an event, a journal, a dead letter or any other table', async () => {
    await eventually(async () => expect(await rowsOf('bus.dead_letter')).toContain('[payment method]'));
    await eventually(async () => expect(await rowsOf('audit.event_store')).toContain(THEIR_METHOD));
    const tables = (await postgres.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) expect([table, foundIn(await rowsOf(table))]).toEqual([table, []]);
    for (const stream of Object.values(STREAMS)) {
      const entries = JSON.stringify(await stage.redis.xrange(stream, '-', '+'));
      expect([stream, foundIn(entries)]).toEqual([stream, []]);
    }
    expect(await rowsOf('bus.dead_letter')).not.toContain(THEIR_METHOD);
  });

  it('shows no payment method, whose events they may be', async () => {
    const events = await ask(stage, { query: '{ events(last: 100) { edges { node { type data } } } }' });
    const letters = await ask(stage, { query: '{ deadLetters { edges { node { error fields { name value } } } } }' });
    expect([events.includes('OrderCreated'), events.includes('"method_kind":"CARD"')]).toEqual([true, true]);
    expect(letters).toContain('no id');
    expect(foundIn(events + letters, [...METHODS, THEIR_METHOD])).toEqual([]);
  });

  it('logs no payment method, no token, no ticket and no password', async () => {
    await breakServers(stage);
    const logs = stage.panier.logs();
    for (const told of ['"level":"debug"', '"path":"/graphql"', 'task is put off', 'became a dead letter'])
      expect(logs).toContain(told);
    expect(foundIn(logs, [...secrets, THEIR_METHOD])).toEqual([]);
  });
});
