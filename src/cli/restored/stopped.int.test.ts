import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../harness/support/servers.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import { untilStopped } from './stopped.ts';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await testDatabase();
  database = openDatabase({ url: server.url, name: 'test', maxConnections: 2 });
  await migrate(database.db);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const heard = (secondsAgo: number) =>
  sql`
  insert into bus.process (id, instance, roles, host, pid, version, started_at, beat_at)
  values ('7d444840-9dc0-11d1-b245-5ffdce74fad2', 1, '{relay}', 'shop-1', 4711, '0.1.0', now(), now() - make_interval(secs => ${secondsAgo}))
  on conflict (id) do update set beat_at = excluded.beat_at`.execute(database.db);

const wait = async () => {
  const said: string[] = [];
  await untilStopped(database.db, (line) => said.push(line));
  return said;
};

beforeEach(async () => {
  await database.db.deleteFrom('bus.process').execute();
});

describe('a database in which processes told of themselves', () => {
  it('is waited for until their last word is old, and says whose it was', async () => {
    await heard(14);
    expect(await wait()).toEqual(['Waiting to hear whether these still run: shop-1 4711 (relay) …']);
  });

  it('is not mended while one goes on doing so', async () => {
    await heard(3);
    const waiting = untilStopped(database.db, () => void heard(0));
    await expect(waiting).rejects.toThrow(
      'Processes of panier still run, and would fill Redis again: stop shop-1 4711 (relay) first.',
    );
  });

  it('is not waited for until a time that is far from here', async () => {
    await heard(-86_400);
    expect(await wait()).toEqual([]);
  });

  it('is not waited for when nobody did', async () => {
    expect(await wait()).toEqual([]);
  });
});
