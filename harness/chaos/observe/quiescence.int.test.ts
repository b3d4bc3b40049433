import type { QueryResultRow } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedis } from '../../../src/bus/index.ts';
import { type Database, migrate, openDatabase } from '../../../src/database/index.ts';
import { newId } from '../../../src/events/index.ts';
import { testDatabase, testRedis } from '../../support/servers.ts';
import { type Servers, untilQuiet } from './quiescence.ts';

const AT_ONCE_MS = 0;

let database: Database;
let servers: Servers;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  const { url } = opened.use(await testDatabase());
  database = opened.use(openDatabase({ url, name: 'quiescence test', maxConnections: 2 }));
  await migrate(database.db);
  const redis = openRedis(opened.use(await testRedis()).url);
  opened.defer(() => redis.disconnect());
  const query: Servers['postgres']['query'] = async <Row extends QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ) => (await database.pool.query<Row>(text, [...(values ?? [])])).rows;
  servers = { postgres: { query }, redis: { client: redis } };
});
afterAll(() => opened.disposeAsync());

const untilDone = async (kind: string, dueInSeconds: number, look: () => Promise<void>): Promise<void> => {
  const orderId = newId('Order');
  const { pool } = database;
  await pool.query(
    `insert into write.task (order_id, kind, due_at, payload) values ($1, $2, now() + $3 * interval '1 second', '{}')`,
    [orderId, kind, dueInSeconds],
  );
  await look();
  await pool.query('delete from write.task where order_id = $1', [orderId]);
};

describe('a shop', () => {
  it('without anything under way is at rest', async () => {
    expect((await untilQuiet(servers, AT_ONCE_MS)).left).toEqual([]);
  });

  it.each(['charge', 'refund:pay_1'])('is not at rest while a %s is leased to a worker, dead or alive', (kind) =>
    untilDone(kind, 30, async () => {
      expect((await untilQuiet(servers, AT_ONCE_MS)).left).toEqual([expect.stringContaining(`task: ${kind}`)]);
    }),
  );

  it('is at rest while its orders wait for their payment, unless one should have expired', async () => {
    await untilDone('expire', 30, async () => expect((await untilQuiet(servers, AT_ONCE_MS)).left).toEqual([]));
    await untilDone('expire', -3, async () =>
      expect((await untilQuiet(servers, AT_ONCE_MS)).left).toEqual([expect.stringContaining('task: expire')]),
    );
  });
});
