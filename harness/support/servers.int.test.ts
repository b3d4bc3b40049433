import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { testDatabase, testRedis } from './servers.ts';

type Row = Readonly<Record<string, unknown>>;

const query = async (url: string, text: string): Promise<readonly Row[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};

const command = async (url: string, ...[name, ...args]: readonly [string, ...string[]]): Promise<unknown> => {
  const redis = new Redis(url, { retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    return await redis.call(name, ...args);
  } finally {
    redis.disconnect();
  }
};

describe('a test database', () => {
  it('is a clone of the template that is named', async () => {
    await using template = await testDatabase();
    await query(template.url, 'CREATE TABLE memory (word text)');
    await using clone = await testDatabase({ template: new URL(template.url).pathname.slice(1) });
    expect(await query(clone.url, 'SELECT * FROM memory')).toEqual([]);
  });

  it('is gone after its disposal', async () => {
    const database = await testDatabase();
    await database[Symbol.asyncDispose]();
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});

describe('a test Redis', () => {
  it('keeps its URL and its data over a restart', async () => {
    await using redis = await testRedis();
    await command(redis.url, 'SET', 'word', 'kept');
    await redis.restart();
    expect(await command(redis.url, 'GET', 'word')).toBe('kept');
  });

  it('does not answer between kill and restart', async () => {
    await using redis = await testRedis();
    await redis.kill();
    await expect(command(redis.url, 'PING')).rejects.toThrow('closed');
    await redis.restart();
    expect(await command(redis.url, 'PING')).toBe('PONG');
  });
});
