import { type Partitioning, streamKeys, UNPARTITIONED } from '../../../src/events/index.ts';
import { type DatabaseHome, sleep } from '../../../src/platform/index.ts';
import { onOneServer } from '../../support/one-server.ts';
import { type BusStage, type PostgresStage, STREAMS } from '../stage/index.ts';

type Asked = Pick<PostgresStage, 'query'>;
type Homes = Readonly<Record<DatabaseHome, Asked>>;

/** Where everything that is under way leaves its trace. */
export interface Servers {
  readonly postgres: Asked;
  /** Where each home is, unless all of it is one server. */
  readonly databases?: { readonly homes: Homes };
  readonly redis: Pick<BusStage, 'client'>;
}

const POLL_MS = 500;

const OPEN_ORDERS = `
  select id, status from read."order"
  where created_at is not null and status not in ('CONFIRMED', 'REJECTED', 'CANCELLED', 'AWAITING_PAYMENT') limit 5`;
const WAITING_ORDERS = `select id, status from read."order" where status = 'AWAITING_PAYMENT' limit 5`;
const queuedIn = (journal: string): string =>
  `select '${journal}' as journal, count(*)::int as rows from ${journal}.outbox having count(*) > 0`;
/** A charge or a refund is under way even while it is not due: a dead worker's lease may last longer than its order. */
const TASKS = `
  select kind, order_id from write.task where kind <> 'expire' or due_at < now() - interval '2 seconds' limit 5`;
/** What is to be asked of an inventory elsewhere, or asked again. */
const CALLS = `select order_id, attempts from saga.remote_task limit 5`;
const ownIn = (journal: string): string => `select event_id from ${journal}.journal where not heard`;
const UNSTORED = `
  select count(*)::int as rows from unnest($1::text[]) as journal (event_id)
  where not exists (select from audit.event_store store where store.event_id = journal.event_id)
  having count(*) > 0`;

/** A group as XINFO GROUPS tells of it, names and values in turn. */
type RawGroup = readonly (string | number)[];

const fieldOf = (group: RawGroup, name: string): string => String(group[group.indexOf(name) + 1]);

/** Under which the streams may hold events. */
const keysOf = async (servers: Servers): Promise<readonly string[]> => {
  const [partitioning = UNPARTITIONED] = await homesOf(servers).audit.query<Partitioning>(
    'select partitions, most from audit.partitioning',
  );
  return STREAMS.flatMap((stream) => streamKeys(stream, partitioning));
};

const groupsBehind = async (servers: Servers): Promise<readonly string[]> => {
  const { client } = servers.redis;
  const behind: string[] = [];
  for (const stream of await keysOf(servers)) {
    const [newest] = (await client.xrevrange(stream, '+', '-', 'COUNT', 1)) as [string, string[]][];
    const groups = newest === undefined ? [] : ((await client.xinfo('GROUPS', stream)) as RawGroup[]);
    for (const group of groups) {
      const pending = fieldOf(group, 'pending');
      const isThrough = pending === '0' && fieldOf(group, 'last-delivered-id') === newest?.[0];
      if (!isThrough) behind.push(`${fieldOf(group, 'name')} on ${stream}: ${pending} pending`);
    }
  }
  return behind;
};

const listed = async (at: Asked, what: string, query: string): Promise<readonly string[]> =>
  (await at.query(query)).map((row) => `${what}: ${Object.values(row).join(' ')}`);

const homesOf = ({ postgres, databases }: Servers): Homes => databases?.homes ?? onOneServer(postgres);

const unstored = async ({ write, saga, audit }: Homes): Promise<readonly string[]> => {
  const own = [...(await write.query(ownIn('write'))), ...(await saga.query(ownIn('saga')))];
  const rows = await audit.query(UNSTORED, [own.map(({ event_id: id }) => String(id))]);
  return rows.map((row) => `not in the event store: ${Object.values(row).join(' ')}`);
};

/** What is still under way, in a few words each; none when everything has come to rest. */
const unrest = async (servers: Servers): Promise<readonly string[]> => {
  const homes = homesOf(servers);
  return [
    ...(await listed(homes.audit, 'order', OPEN_ORDERS)),
    ...(await listed(homes.write, 'outbox', queuedIn('write'))),
    ...(await listed(homes.saga, 'outbox', queuedIn('saga'))),
    ...(await listed(homes.write, 'task', TASKS)),
    ...(await listed(homes.saga, 'calls', CALLS)),
    ...(await unstored(homes)),
    ...(await groupsBehind(servers)),
  ];
};

export interface Rest {
  readonly ms: number;
  /** What was still under way when patience ended. */
  readonly left: readonly string[];
}

const untilNone = async (find: () => Promise<readonly string[]>, patienceMs: number): Promise<Rest> => {
  const startedAt = performance.now();
  for (;;) {
    const left = await find().catch((error: unknown) => [String(error)]);
    const ms = performance.now() - startedAt;
    if (left.length === 0 || ms > patienceMs) return { ms, left };
    await sleep(POLL_MS);
  }
};

/** Waits until nothing is under way but orders that wait for their payment. */
export const untilQuiet = (servers: Servers, patienceMs: number): Promise<Rest> =>
  untilNone(() => unrest(servers), patienceMs);

/** Waits until every order is over: what nobody pays for expires. */
export const untilOver = (servers: Servers, patienceMs: number): Promise<Rest> =>
  untilNone(
    async () => [...(await listed(homesOf(servers).audit, 'order', WAITING_ORDERS)), ...(await unrest(servers))],
    patienceMs,
  );
