import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { type Replicated, replicatedPostgres, type Standby } from '../../../harness/support/standby.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import { openLogger, systemClock } from '../../platform/index.ts';
import { openReplica } from './open-replica.ts';

let opened: AsyncDisposableStack;
let servers: Replicated;
/** Takes the primary's place. */
let next: Standby;
/** Goes over to that one. */
let other: Standby;
beforeAll(async () => {
  opened = new AsyncDisposableStack();
  servers = opened.use(await replicatedPostgres());
  next = opened.use(await servers.another());
  other = opened.use(await servers.another());
}, 120_000);
afterAll(() => opened.disposeAsync());

const open = (url: string) => openDatabase({ url, name: 'replica test', maxConnections: 2 });

const APPEND = `
  insert into audit.event_store (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version, correlation_id,
    producer, producer_instance, schema_version, data)
  select 'event_' || gen_random_uuid(), 'OrderConfirmed', 's', now(), 'Order', 'order_' || gen_random_uuid(), 1, 'c', 'p', 'p-1', 1, '{}'
  from generate_series(1, 3)`;

const countAt = async ({ pool }: Database): Promise<number | null> =>
  (await pool.query('select from audit.event_store')).rowCount;

it('a replica that follows a former primary answers nobody, though the one in its place has passed its positions', async () => {
  await using former = open(servers.url);
  await migrate(former.db);
  await former.pool.query(APPEND);
  await using primary = open(next.url);
  await eventually(async () => expect(await countAt(primary)).toBe(3));
  await next.promote();
  await other.follow(next.url);
  // What each of them has, and the other one lacks, is at the same positions.
  await former.pool.query(APPEND);
  await primary.pool.query(APPEND);
  await using copy = open(servers.standbyUrl);
  await eventually(async () => expect(await countAt(copy)).toBe(6));
  const lines: string[] = [];
  const logger = openLogger('warn', { destination: { write: (line) => void lines.push(line) } });
  const parts = { primary: primary.db, maxLagMs: 60_000, logger, clock: systemClock };
  await using ofFormer = openReplica({ ...parts, url: servers.standbyUrl });
  await eventually(() =>
    expect(lines.join()).toContain('It is on timeline 1, and PostgreSQL is on 2: have it follow that one.'),
  );
  expect(ofFormer.isFresh()).toBe(false);
  await using ofNext = openReplica({ ...parts, url: other.url });
  await eventually(() => expect(ofNext.isFresh()).toBe(true));
  // Who may not know what it receives goes by its disk, and cannot tell.
  await former.pool.query("create role plain login password 'plain' in role pg_read_all_data");
  const asPlain = Object.assign(new URL(servers.standbyUrl), { username: 'plain', password: 'plain' });
  await using _ofPlain = openReplica({ ...parts, url: asPlain.href });
  await eventually(() =>
    expect(lines.join()).toContain('follow that one, unless it does and has made no restartpoint since.'),
  );
});
