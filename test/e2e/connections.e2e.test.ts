import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAID, type PanierProcess, placeOrder, startPanier, stockProducts } from '../../harness/bench/stage/index.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { type Database, openDatabase } from '../../src/database/index.ts';
import { ROLES, type Role } from '../../src/platform/index.ts';
import { connectionsTo } from './open-connections.ts';

const ORDERS_AT_ONCE = 24;
const LOOK_EVERY_MS = 50;

interface Allowed {
  readonly sessions: ReadonlyMap<string, number>;
  readonly postgres: number;
  readonly redis: number;
}

/** What the table of docs/operations.md lets each role open. */
const documented = (): ReadonlyMap<string, Allowed> => {
  const text = readFileSync('docs/operations.md', 'utf8').split('### Connections')[1]?.split('###')[0] ?? '';
  const rows = text.matchAll(/^\| `([a-z-]+)`\s*\| ([a-z0-9, ]+?)\s*\| (\d+)\s*\| (\d+)\s*\|$/gm);
  return new Map(
    [...rows].map(([, role = '', sessions = '', postgres, redis]) => {
      const each = sessions.split(', ').map((one) => /^(.+) (\d+)$/.exec(one) ?? []);
      const named = new Map(each.map(([, name = '', most]) => [name, Number(most)] as const));
      return [role, { sessions: named, postgres: Number(postgres), redis: Number(redis) }];
    }),
  );
};

const opened = new AsyncDisposableStack();
const processes = new Map<Role, PanierProcess>();
let servers: { readonly database: TestDatabase; readonly redis: TestRedis };
let administrator: Database;

beforeAll(async () => {
  servers = { database: opened.use(await testDatabase()), redis: opened.use(await testRedis()) };
  administrator = opened.use(openDatabase({ url: servers.database.url, name: 'test', maxConnections: 1 }));
  const environment = { DATABASE_URL: servers.database.url, REDIS_URL: servers.redis.url };
  const start = async (role: Role): Promise<void> =>
    void processes.set(role, opened.use(await startPanier({ roles: [role], environment })));
  await start('gateway');
  await Promise.all(ROLES.filter((role) => role !== 'gateway').map(start));
}, 120_000);
afterAll(() => opened.disposeAsync());

/** How the sessions of these local ports are named, without panier's own name. */
const namesOf = async (ports: readonly number[]): Promise<readonly string[]> => {
  const { rows } = await administrator.pool.query<{ readonly name: string }>(
    "select application_name as name from pg_stat_activity where client_port = any($1) and application_name like 'panier %'",
    [ports],
  );
  return rows.map(({ name }) => name.slice('panier '.length));
};

interface Found {
  postgres: number;
  redis: number;
  readonly sessions: Map<string, number>;
}

const lookAt = async ({ pid }: PanierProcess, found: Found): Promise<void> => {
  const ports = connectionsTo(pid, Number(new URL(servers.database.url).port));
  found.postgres = Math.max(found.postgres, ports.length);
  found.redis = Math.max(found.redis, connectionsTo(pid, Number(new URL(servers.redis.url).port)).length);
  const names = Map.groupBy(await namesOf(ports), (name) => name);
  for (const [name, { length }] of names) found.sessions.set(name, Math.max(found.sessions.get(name) ?? 0, length));
};

const nothingFound = (): Found => ({ postgres: 0, redis: 0, sessions: new Map() });

/** The most that each process had open while the work was done. */
const mostWhile = async (work: Promise<unknown>): Promise<ReadonlyMap<Role, Found>> => {
  const most = new Map(ROLES.map((role) => [role, nothingFound()]));
  const over = new AbortController();
  const done = work.finally(() => over.abort());
  do {
    for (const [role, found] of most) {
      const panier = processes.get(role);
      if (panier !== undefined) await lookAt(panier, found);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  } while (!over.signal.aborted);
  await done;
  return most;
};

/** What a role has more of than it is allowed, or nothing of at all. */
const excessOf = (role: Role, found: Found, allowed: Allowed): readonly string[] => {
  const counts = [
    ['postgres', found.postgres, allowed.postgres],
    ['redis', found.redis, allowed.redis],
    ...[...found.sessions].map(([name, count]) => [name, count, allowed.sessions.get(name) ?? 0] as const),
  ] as const;
  return counts.flatMap(([what, count, most]) =>
    count === 0 || count > most ? [`${role}: ${what} ${count}, allowed ${most}`] : [],
  );
};

describe('the connections of a process', () => {
  it('are no more, for each role, than the documentation says', { timeout: 60_000 }, async () => {
    const url = processes.get('gateway')?.url ?? '';
    await stockProducts(url);
    const orders = Array.from({ length: ORDERS_AT_ONCE }, () => placeOrder(url, PAID));
    const most = await mostWhile(Promise.all(orders));
    const allowed = documented();
    const none = { sessions: new Map<string, number>(), postgres: 0, redis: 0 };
    const excess = [...most].flatMap(([role, found]) => excessOf(role, found, allowed.get(role) ?? none));
    expect(excess).toEqual([]);
  });

  it('are summed up rightly there', () => {
    const table = documented();
    expect([...table.keys()]).toEqual(ROLES);
    for (const [role, { sessions, postgres }] of table)
      expect([role, [...sessions.values()].reduce((sum, most) => sum + most, 0)]).toEqual([role, postgres]);
  });
});
