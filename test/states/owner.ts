import { Client } from 'pg';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase, sessionOptions } from '../../src/database/index.ts';

/** Does so as the owner of the database. */
export const asOwner = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new Client(sessionOptions({ url, name: 'owner' }));
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

export const nameOf = (url: string): string => new URL(url).pathname.slice(1);

/** A database with panier's tables. */
export const migrated = async (): Promise<TestDatabase> => {
  const database = await testDatabase();
  await using of = openDatabase({ url: database.url, name: 'test', maxConnections: 1 });
  await migrate(of.db);
  return database;
};

/** A role of its own beside the database; gone with it. */
export const roleOn = async (database: TestDatabase, ...grants: readonly string[]) => {
  const role = nameOf(database.url);
  await asOwner(
    database.url,
    `create role ${role} login password 'test'`,
    ...grants.map((grant) => `${grant} to ${role}`),
  );
  const url = new URL(database.url);
  url.username = role;
  url.password = 'test';
  return { role, url: url.href, drop: () => asOwner(database.url, `drop owned by ${role}`, `drop role ${role}`) };
};
