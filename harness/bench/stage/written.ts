import { mastersOf } from '../../../src/bus/index.ts';
import type { Servers } from './servers.ts';

/** Rows that a checkout of two products leaves, by table; what it adds to and takes out again is not among them. */
const ROWS_LEFT = {
  'write.journal': 9,
  'saga.journal': 1,
  'saga.reservation': 1,
  'write.simulated_charge': 1,
  'audit.event_store': 9,
  'read.cart': 1,
  'read.cart_activity': 1,
  'read.cart_product': 2,
  'read."order"': 1,
  'read.order_step': 5,
  'read.order_term': 3,
  'read.hold': 1,
} as const;

/** Where nothing is left of what was to be done. */
const DONE = ['write.outbox', 'saga.outbox', 'write.task', 'write.payment_method'] as const;

/** Bytes of JSON that a checkout leaves: its events' data, as the event store has them, and the facts of its order. */
const JSON_LEFT = { data: 1_091, facts: 1_530 } as const;

/** Entries that it leaves in the streams, and acknowledgements of them: of one group by all, of two by five of them. */
const ENTRIES = 9;
const ACKNOWLEDGED = 19;

const OF_CHECKOUTS: Readonly<Record<string, string>> = {
  'write.journal': "where aggregate_type in ('Cart', 'Order')",
  'saga.journal': "where aggregate_type = 'Order'",
  'audit.event_store': "where aggregate_type in ('Cart', 'Order')",
};

const count = async ({ pool }: Servers, table: string): Promise<number> => {
  const { rows } = await pool.query<{ readonly count: number }>(
    `select count(*)::integer as count from ${table} ${OF_CHECKOUTS[table] ?? ''}`,
  );
  return rows[0]?.count ?? 0;
};

const BYTES = `
  select (select sum(octet_length(data::text))::float from audit.event_store
      where aggregate_type in ('Cart', 'Order')) as data,
    (select sum(octet_length(facts::text))::float from read."order") as facts`;

/** A group as XINFO GROUPS tells of it, names and values in turn. */
type Group = readonly (string | number | null)[];

const fieldOf = (group: Group, name: string): number => Number(group[group.indexOf(name) + 1] ?? 0);

const SHOP_STREAMS = /^ecommerce\.(carts|orders|payments)\.events(:\{\d+\})?$/;

/** How many entries the streams were given, and how many of them groups have acknowledged. */
const publishedIn = async ({
  redis,
}: Servers): Promise<{ readonly entries: number; readonly acknowledged: number }> => {
  let [entries, acknowledged] = [0, 0];
  const keys = (await Promise.all((await mastersOf(redis)).map((each) => each.keys('*')))).flat();
  for (const stream of keys.filter((key) => SHOP_STREAMS.test(key))) {
    const about = (await redis.xinfo('STREAM', stream)) as Group;
    entries += fieldOf(about, 'entries-added');
    for (const group of (await redis.xinfo('GROUPS', stream)) as Group[])
      acknowledged += fieldOf(group, 'entries-read') - fieldOf(group, 'pending');
  }
  return { entries, acknowledged };
};

const problemsOf = async (servers: Servers, checkouts: number): Promise<readonly string[]> => {
  const problems: string[] = [];
  const expect = (what: string, found: number, wanted: number): void => {
    if (found !== wanted) problems.push(`${what}: ${found}, not ${wanted}`);
  };
  for (const [table, each] of Object.entries(ROWS_LEFT)) expect(table, await count(servers, table), each * checkouts);
  for (const table of DONE) expect(table, await count(servers, table), 0);
  const { entries, acknowledged } = await publishedIn(servers);
  expect('entries', entries, ENTRIES * checkouts);
  expect('acknowledgements', acknowledged, ACKNOWLEDGED * checkouts);
  const { rows } = await servers.pool.query<{ readonly data: number; readonly facts: number }>(BYTES);
  for (const name of ['data', 'facts'] as const) {
    const each = (rows[0]?.[name] ?? 0) / checkouts;
    if (each < JSON_LEFT[name]) problems.push(`${name}: ${each.toFixed(0)} bytes, not ${JSON_LEFT[name]}`);
  }
  return problems;
};

/** @throws unless so many checkouts have left, each and together, what one leaves: rows, their JSON, entries, and acknowledgements */
export const verifyWritten = async (servers: Servers, checkouts: number): Promise<void> => {
  const problems = checkouts === 0 ? ['nothing'] : await problemsOf(servers, checkouts);
  if (problems.length > 0) throw new Error(`${checkouts} checkouts have written ${problems.join('; ')}.`);
};

/** Starts counting; the returned function tells how many bytes were added to PostgreSQL's log since. */
export const meterLog = async ({ pool }: Servers): Promise<() => Promise<number>> => {
  const position = async (): Promise<number> => {
    const { rows } = await pool.query<{ readonly bytes: number }>(
      "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float as bytes",
    );
    return rows[0]?.bytes ?? 0;
  };
  const before = await position();
  return async () => (await position()) - before;
};
