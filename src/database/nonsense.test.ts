import { expect, it } from 'vitest';
import { NONSENSE_OF_POSTGRES, nonsenseServer } from '../../harness/support/nonsense-server.ts';
import { openDatabase } from './open.ts';
import { isPassingDatabaseError } from './passing-error.ts';

it.each(NONSENSE_OF_POSTGRES)(
  'a server that is no PostgreSQL, but says %s, fails the query alone',
  async (_name, bytes) => {
    await using server = await nonsenseServer(bytes);
    const url = `postgres://panier:x@127.0.0.1:${server.port}/panier`;
    await using database = openDatabase({ url, name: 'nonsense', maxConnections: 1, unansweredMs: 500 });
    await expect(database.pool.query('select 1')).rejects.toThrow(Error);
  },
);

it('what the driver cannot read fails the query in a manner that passes', async () => {
  const [, bytes] = NONSENSE_OF_POSTGRES.find(([name]) => name === 'an authentication of no kind') ?? [];
  await using server = await nonsenseServer(bytes ?? Buffer.alloc(0));
  const url = `postgres://panier:x@127.0.0.1:${server.port}/panier`;
  await using database = openDatabase({ url, name: 'nonsense', maxConnections: 1, unansweredMs: 500 });
  await expect(database.pool.query('select 1')).rejects.toSatisfy(isPassingDatabaseError);
});
