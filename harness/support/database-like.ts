import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { TestDatabase } from './servers.ts';

const asAdministrator = async (statement: string): Promise<void> => {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** An empty database of the calling file's own, made as `how` says: its encoding, its locale. */
export const databaseLike = async (how: string): Promise<TestDatabase> => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(`create database ${name} template template0 ${how}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = name;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => asAdministrator(`drop database if exists ${name} with (force)`),
  };
};
