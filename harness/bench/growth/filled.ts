import type pg from 'pg';
import { AUDIT_GROUP } from '../../../src/audit/index.ts';
import { type Database, openDatabase } from '../../../src/database/index.ts';
import { SAGA_GROUP } from '../../../src/saga/index.ts';
import { WRITE_GROUP } from '../../../src/write/index.ts';
import {
  ask,
  openServers,
  PAID,
  placeOrder,
  type Servers,
  startPanier,
  stockProducts,
  untilLevel,
} from '../stage/index.ts';
import { copyTemplate } from './copy.ts';
import { captureTemplate, type Template } from './template.ts';

const DECLINED = 'pm_card_chargeDeclined';
const OUTCOMES: readonly string[] = [...Array.from({ length: 8 }, () => PAID), DECLINED];
const CONNECTIONS = 10;

/** A database that holds so many events and all that follows from them; no panier runs on it yet. */
export interface Filled extends AsyncDisposable {
  readonly servers: Servers;
  readonly database: Database;
  readonly environment: Readonly<Record<string, string>>;
  readonly template: Template;
  /** Copies of the template beside it. */
  readonly copies: number;
  /** In the event store. */
  readonly events: number;
}

const CREATE = 'mutation { createCart { ... on Cart { id } } }';

/** Ten lives as panier itself writes them: eight orders paid for, one declined, and a cart that is left. */
const live = async (servers: Servers, environment: Readonly<Record<string, string>>): Promise<void> => {
  await using panier = await startPanier({ environment });
  await stockProducts(panier.url);
  for (const paymentMethod of OUTCOMES) await placeOrder(panier.url, paymentMethod);
  await ask(panier.url, CREATE);
  await untilLevel(servers);
};

const IDS = `select distinct aggregate_id as id from audit.event_store where aggregate_type <> 'Product'`;
const COUNT = 'select count(*)::int as events from audit.event_store';

const eventsIn = async (pool: pg.Pool): Promise<number> =>
  (await pool.query<{ events: number }>(COUNT)).rows[0]?.events ?? 0;

/** What the copied orders hold and have bought of the stock, how many there are, and up to where they are known to have arrived. */
const settle = async (pool: pg.Pool, copies: number): Promise<void> => {
  for (const table of ['saga.stock', 'read.product'])
    await pool.query(
      `update ${table} set available = available - $1 * (reserved + sold),
        reserved = reserved * ($1 + 1), sold = sold * ($1 + 1)`,
      [copies],
    );
  await pool.query('update read.order_count set orders = orders * ($1 + 1)', [copies]);
  for (const journal of ['write', 'saga'])
    await pool.query(
      `insert into ${journal}.sweep_checkpoint (consumer_group, position)
       select name, (select coalesce(max(position), 0) from ${journal}.journal) from unnest($1::text[]) as name
       on conflict (consumer_group) do update set position = excluded.position`,
      [[AUDIT_GROUP, SAGA_GROUP, WRITE_GROUP]],
    );
  await pool.query('vacuum (analyze)');
};

export interface Filling {
  readonly events: number;
  readonly say: (line: string) => void;
}

/** Lives some lives and copies them until there are at least so many events. */
export const openFilled = async ({ events, say }: Filling): Promise<Filled> => {
  await using opening = new AsyncDisposableStack();
  const servers = opening.use(await openServers());
  const environment = { DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl };
  await live(servers, environment);
  const { rows } = await servers.pool.query<{ id: string }>(IDS);
  const template = await captureTemplate(
    servers.pool,
    rows.map(({ id }) => id),
  );
  const lived = await eventsIn(servers.pool);
  const length = template.rows.filter(({ table }) => table.name === 'audit.event_store').length;
  const copies = Math.max(1, Math.ceil((events - lived) / length));
  await copyTemplate(servers.pool, template, { copies, say: (line) => say(`${events} events: ${line}`) });
  await settle(servers.pool, copies);
  const database = opening.use(openDatabase({ url: servers.databaseUrl, name: 'growth', maxConnections: CONNECTIONS }));
  const opened = opening.move();
  return {
    servers,
    database,
    environment,
    template,
    copies,
    events: lived + copies * length,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
