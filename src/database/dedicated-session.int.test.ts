import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { assertOwn, openDedicatedSession, runnerOn, SharedSession } from './dedicated-session.ts';

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
});
