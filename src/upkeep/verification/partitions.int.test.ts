import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderHistory } from '../../../harness/support/recorded.ts';
import { testDatabase } from '../../../harness/support/servers.ts';
import { changePartitions, openAudit } from '../../audit/index.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import { openLogger } from '../../platform/index.ts';
import { readProjections } from '../../read/index.ts';
import type { Inspected } from './check.ts';
import { PARTITION_CHECKS } from './partitions.ts';

let database: Database;
let opened: AsyncDisposableStack;
beforeEach(async () => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  database = opening.use(openDatabase({ url, name: 'partitions test', maxConnections: 4 }));
  await migrate(database.db);
  opened = opening.move();
});
afterEach(() => opened.disposeAsync());

const NAMES = ['order_1', 'order_2', 'order_3', 'order_4'];

const take = async (stem: string): Promise<void> => {
  const logger = openLogger('silent');
  const audit = openAudit({ database, projections: readProjections(), announce: async () => {}, logger });
  for (const name of NAMES) await audit.handle(orderHistory(`${stem}_${name}`, 'Confirmed'));
};

/** What each check finds. */
const found = (): Promise<readonly (readonly string[])[]> => {
  const { db } = database;
  const sessions = { write: db, saga: db, audit: db };
  const inspected = { sessions, db, graceSeconds: 0 } as const;
  return Promise.all(
    PARTITION_CHECKS.map(async ({ find }) => {
      const { offenders } = await find(inspected as Inspected, null);
      return offenders.map(({ detail }) => detail);
    }),
  );
};

/** As nothing of panier's does. */
const move = (partition: number) =>
  sql`
    alter table audit.event_store disable trigger keep_forever;
    update audit.event_store set partition = ${sql.lit(partition)} where position = (select max(position) from audit.event_store);
    alter table audit.event_store enable trigger keep_forever`.execute(database.db);

describe('the partitions of the event store', () => {
  it('are found sound however often they were changed', async () => {
    for (const partitions of [1, 4, 8, 3]) {
      await changePartitions(database, partitions);
      await take(`of_${partitions}`);
    }
    expect(await found()).toEqual([[], []]);
  });

  it.each([
    ['where there never were several', 1, 3],
    ['where there are several', 4, 63],
  ])('are found out when an event is in one where it does not belong: %s', async (_where, partitions, wrong) => {
    await changePartitions(database, partitions);
    await take('an');
    await move(wrong);
    expect(await found()).toEqual([[`OrderConfirmed of an_order_4 is in partition ${wrong}`], []]);
  });

  it('are found out when positions are not in the order of commits', async () => {
    await take('an');
    await sql`
      update read.order_step set event_position = 0 where order_id = 'an_order_2' and revision = 3`.execute(
      database.db,
    );
    expect(await found()).toEqual([[], ['from step 3']]);
  });
});
