import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { sleep } from '../platform/index.ts';
import { assertOwn, openDedicatedSession, SharedSession } from './dedicated-session.ts';
import { runnerOn } from './send.ts';
import { statement } from './statement.ts';

const SLOW = statement('select pg_sleep(0.8)');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

describe('a session of its own', () => {
  it('is one that got what it set', async () => {
    await using session = await openDedicatedSession({ url: database.url, name: 'relay write' });
    await expect(assertOwn(session, 'relay write')).resolves.toBeUndefined();
  });

  it('is none that a pooler opened, which takes no settings: two would lead by one lock', async () => {
    const pooled = new Client(database.url);
    await pooled.connect();
    const refused = assertOwn(runnerOn(pooled), 'relay write');
    await expect(refused).rejects.toThrow(SharedSession);
    await expect(refused).rejects.toThrow(/a pooler stands between.*DATABASE_URL_RELAY/);
    await pooled.end();
  });

  it('waits longer for what it is asked so, and no longer for anything else', async () => {
    await using session = await openDedicatedSession({ url: database.url, name: 'relay write', unansweredMs: 300 });
    await expect(SLOW(session.waiting(5_000))).resolves.toHaveLength(1);
    await expect(SLOW(session)).rejects.toThrow(/timeout/i);
  });

  it('is left within a second, also where the server does not hear of it: the relay would never lead again', async () => {
    await using proxy = await startProxy(database.url);
    const session = await openDedicatedSession({ url: proxy.url, name: 'relay write', unansweredMs: 300 });
    proxy.openHole();
    const left = session[Symbol.asyncDispose]().then(() => 'left');
    expect(await Promise.race([left, sleep(2_000).then(() => 'there still')])).toBe('left');
  });
});
