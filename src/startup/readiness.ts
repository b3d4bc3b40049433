import { type Database, privilegesOn, runTransaction, statement } from '../database/index.ts';
import type { Role } from '../platform/index.ts';
import { oldestWaitSeconds } from '../relay/index.ts';
import { anyTrue, type Look, look } from './look.ts';
import type { Stores } from './stores.ts';

/** An event that waits longer means that no relay runs, or that it is held up. */
const MAX_OUTBOX_WAIT_SECONDS = 10;
const PROBE_KEPT_MS = 10_000;

/** What commands write, and what the sagas behind them do: each by whoever writes it. */
const WRITTEN = {
  write: ['journal', 'outbox', 'idempotency', 'task'],
  saga: ['journal', 'outbox', 'stock', 'reservation', 'adjustment'],
} as const;

const tablesOf = (schema: keyof typeof WRITTEN): readonly string[] =>
  WRITTEN[schema].map((name) => `${schema}.${name}`);

// In the mode of an insert: granted, an insert would be.
const lockIn = (schema: keyof typeof WRITTEN) =>
  statement(`lock table ${tablesOf(schema).join(', ')} in row exclusive mode`);

const SERVICES = { write: 'commands', saga: 'saga' } as const;

/** What the service may do to its tables, as far as it is a right to a whole table. */
const rightsTo = (schema: keyof typeof WRITTEN): readonly (readonly [table: string, right: string])[] =>
  tablesOf(schema).flatMap((table) =>
    (privilegesOn(table)[SERVICES[schema]] ?? [])
      .filter((privilege) => !privilege.includes('('))
      .map((privilege) => [table, privilege] as const),
  );

// Each right that it was granted, and no policy that hides rows: either would be an error of the first command.
const rightsIn = (schema: keyof typeof WRITTEN) =>
  statement<{ readonly may_write: boolean; readonly may_truncate: boolean }>(`
  select bool_and(has_table_privilege(name, privilege) and not row_security_active(name)) as may_write,
    ${schema === 'write' ? `has_table_privilege('write.probe', 'TRUNCATE')` : 'false'} as may_truncate
  from (values ${rightsTo(schema)
    .map(([table, right]) => `('${table}', '${right}')`)
    .join(', ')}) as needed (name, privilege)`);
const [LOCK, RIGHTS] = [lockIn('write'), rightsIn('write')];
const [LOCK_SAGA, RIGHTS_SAGA] = [lockIn('saga'), rightsIn('saga')];
// A file anew, so that a full disk shows: a row alone would fit into a page that is there.
const EMPTY = statement('truncate write.probe');
const FORGET = statement('delete from write.probe where instance = $1');
const WRITE = statement('insert into write.probe (instance, written_at) values ($1, now())');
// Asks for the locks of a query, and reads nothing.
const READ = statement(`
  select from read.cart, read."order", read.order_step, read.product, audit.event_store where false`);
const READ_STOCK = statement('select from saga.stock where false');

/** @throws when the saga could not write now. */
const probeSaga = async ({ pool }: Database): Promise<void> => {
  await runTransaction(pool, async (tx) => {
    const [, [rights]] = await Promise.all([LOCK_SAGA(tx), RIGHTS_SAGA(tx)]);
    if (rights?.may_write !== true) throw new Error('The role of the saga may no longer write.');
  });
};

/** Writes as commands do, a row of this process's own. @throws when commands could not be written now. */
const probe = async ({ pool }: Database, instance: number): Promise<void> => {
  await runTransaction(pool, async (tx) => {
    const [, [rights]] = await Promise.all([LOCK(tx), RIGHTS(tx)]);
    if (rights?.may_write !== true) throw new Error('The role may no longer write.');
    await (rights.may_truncate ? EMPTY(tx) : FORGET(tx, [instance]));
    await WRITE(tx, [instance]);
  });
};

const isRedisOurs = async ({ redis, redisServers, instance }: Stores): Promise<boolean> => {
  // Written, not asked for: a replica, a full disk or memory that is used up answer a PING.
  await redis.gateway.set(`panier:probe:${instance.number}`, '', 'PX', PROBE_KEPT_MS);
  return redisServers.gateway.ownership.problem === null;
};

const isRelayed = async (stores: Stores): Promise<boolean> =>
  (await oldestWaitSeconds(stores.journalsAs('read'))) <= MAX_OUTBOX_WAIT_SECONDS;

const told = async (parts: Readonly<Record<string, Look>>): Promise<Readonly<Record<string, boolean>>> =>
  Object.fromEntries(
    await Promise.all(Object.entries(parts).map(async ([name, each]) => [name, await each()] as const)),
  );

/** What probes are told of a process, by looks of at most half a second ago. */
export interface Probed {
  /** Each part that the process needs, and whether it is there. */
  readonly ready: () => Promise<Readonly<Record<string, boolean>>>;
  /** Whether clients of one of these roles can be answered something; where none has clients, whether all is ready. */
  readonly servesAs: (roles: readonly Role[]) => Promise<boolean>;
}

/** Of a process that answers clients. */
export const openReadiness = (stores: Stores): Probed => {
  const { queries, commands, saga, instance } = stores;
  const parts = {
    postgresql: look(() => READ(queries.db)),
    commands: look(() => probe(commands, instance.number)),
    stock: look(() => probeSaga(saga)),
    redis: look(() => isRedisOurs(stores)),
    relay: look(() => isRelayed(stores)),
  };
  // What all processes share and none needs for this is not asked for: away, it would take all of them from their clients at once.
  const servedBy: Readonly<Partial<Record<Role, readonly Look[]>>> = {
    gateway: [parts.postgresql, parts.commands],
    'inventory-api': [look(() => READ_STOCK(saga.db))],
  };
  return {
    ready: () => told(parts),
    servesAs: (roles) => anyTrue(roles.flatMap((role) => servedBy[role] ?? [])),
  };
};
