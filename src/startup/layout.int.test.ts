import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { changePartitions } from '../audit/index.ts';
import { type Database, migrate, openDatabase } from '../database/index.ts';
import { openLogger, systemClock } from '../platform/index.ts';
import { beginLayout, openLayout } from './layout.ts';

let opened: AsyncDisposableStack;
let database: Database;
let lines: string[];

const logger = openLogger('warn', { destination: { write: (line) => void lines.push(line) } });

beforeEach(async () => {
  lines = [];
  opened = new AsyncDisposableStack();
  const { url } = opened.use(await testDatabase());
  database = opened.use(openDatabase({ url, name: 'layout test', maxConnections: 4 }));
  await migrate(database.db);
});
afterEach(() => opened.disposeAsync());

const open = async () => opened.use(await openLayout({ db: database.db, logger, clock: systemClock }));

const storeAnEvent = () =>
  sql`insert into audit.event_store (event_id, type, stream, aggregate_type, aggregate_id, version, correlation_id,
    producer, producer_instance, schema_version, data, occurred_at)
    values ('event_1', 'CartCreated', 'ecommerce.carts.events', 'Cart', 'cart_1', 1, 'c', 'p', 'p-1', 1, '{}', now())`.execute(
    database.db,
  );

describe('the layout that a process holds', () => {
  it('is without partitions in the beginning', async () => {
    expect((await open()).current()).toMatchObject({ partitions: 1, most: 1 });
  });

  it('follows the database within a second, and tells once of each change', async () => {
    const layout = await open();
    const heard: number[] = [];
    layout.onChange(({ partitions }) => heard.push(partitions));
    await changePartitions(database, 4);
    await eventually(() => expect(layout.current()).toMatchObject({ partitions: 4, most: 4 }), 1_000);
    await changePartitions(database, 2);
    expect(await layout.refresh()).toMatchObject({ partitions: 2, most: 4 });
    expect(heard).toEqual([4, 2]);
  });

  it('tells nobody any more who has stopped listening', async () => {
    const layout = await open();
    const heard: number[] = [];
    layout.onChange(({ partitions }) => heard.push(partitions))[Symbol.dispose]();
    await changePartitions(database, 4);
    await layout.refresh();
    expect(heard).toEqual([]);
  });
});

const needs = async () => {
  const { rows } = await sql<{ name: string }>`
    select name from public.panier_migration where name like 'needs-%'`.execute(database.db);
  return rows.map(({ name }) => name);
};

describe('a database that has, or had, partitions', () => {
  it('says so where every version looks for what it does not know, and refuses to start', async () => {
    await changePartitions(database, 1);
    expect(await needs()).toEqual([]);
    await changePartitions(database, 4);
    expect(await needs()).toEqual(['needs-partitions']);
    await changePartitions(database, 1);
    await changePartitions(database, 2);
    expect(await needs()).toEqual(['needs-partitions']);
  });
});

describe('PANIER_PARTITIONS', () => {
  it('is what a database begins with in which nothing was stored', async () => {
    await beginLayout(database, 4, logger);
    expect((await open()).current()).toMatchObject({ partitions: 4, most: 4 });
    expect(lines).toEqual([]);
  });

  it('is told apart from what the database says, with the command that changes it', async () => {
    await beginLayout(database, 4, logger);
    await beginLayout(database, 2, logger);
    expect((await open()).current()).toMatchObject({ partitions: 4, most: 4 });
    expect(lines).toEqual([expect.stringContaining('npm run partitions -- 2')]);
  });

  it('changes nothing where something was stored', async () => {
    await storeAnEvent();
    await beginLayout(database, 4, logger);
    expect((await open()).current()).toMatchObject({ partitions: 1, most: 1 });
    expect(lines).toHaveLength(1);
  });
});
