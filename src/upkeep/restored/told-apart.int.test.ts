import { expect, it } from 'vitest';
import { testDatabase } from '../../../harness/support/servers.ts';
import { type Database, migrate, openDatabase, runnerOn } from '../../database/index.ts';
import { sealBy } from '../../events/index.ts';
import type { Entry } from './entries.ts';
import { tellApart } from './told-apart.ts';

const STREAM = 'ecommerce.payments.events';

const entryOf = (nth: number): Entry => ({
  stream: STREAM,
  id: `${nth}-0`,
  fields: ['event_id', `event_${nth}`, 'producer', 'payment-service', 'event_type', 'PaymentSucceeded'],
});

const giveUp = ({ db }: Database, group: string, { stream, id, fields }: Entry) =>
  db
    .insertInto('bus.dead_letter')
    .values({
      consumer_group: group,
      stream,
      entry_id: id,
      fields: JSON.stringify([fields.slice(0, 2)]),
      error: 'cannot be handled',
      deliveries: 8,
    })
    .execute();

it('what another service said is settled by dead letters only when every group gave it up, be it in the event store or not', async () => {
  await using server = await testDatabase();
  await using database = openDatabase({ url: server.url, name: 'told apart test', maxConnections: 1 });
  await migrate(database.db);
  const [byOne, byAll, unheard] = [entryOf(1), entryOf(2), entryOf(3)];
  await giveUp(database, 'one', byOne);
  for (const group of ['one', 'two']) await giveUp(database, group, byAll);
  const run = runnerOn(database.pool);
  const homes = { shared: run, write: run, saga: run, audit: run };
  const telling = { homes, seal: sealBy('a seal'), groups: new Map([[STREAM, ['one', 'two']]]) };
  const told = async () => (await tellApart(telling, [byOne, byAll, unheard])).map(({ fate }) => fate);
  expect(await told()).toEqual(['Lacking', 'Settled', 'Lacking']);
  await database.pool.query(
    `insert into audit.event_store (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
       correlation_id, producer, producer_instance, schema_version, data)
     select 'event_1', 'PaymentSucceeded', $1, now(), 'Order', 'order_1', 1, 'order_1', 'payment-service', 'p-1', 1, '{}'`,
    [STREAM],
  );
  expect(await told()).toEqual(['Theirs', 'Settled', 'Lacking']);
});
