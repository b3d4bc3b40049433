import { sql } from 'kysely';
import { DATABASE_HOMES, type DatabaseHome } from '../platform/index.ts';
import type { DatabaseIdentity } from './identity.ts';
import type { Db } from './open.ts';

const isHome = (name: string): name is DatabaseHome => DATABASE_HOMES.some((home) => home === name);

/** The homes that are in this database. */
export const homesIn = async (db: Db): Promise<ReadonlySet<DatabaseHome>> => {
  const rows = await db.selectFrom('bus.home').select('name').execute();
  return new Set(rows.map(({ name }) => name).filter(isHome));
};

/** Notes that these homes are in another database from now on: whoever looks for them here is refused. By the owner. */
export const leaveHomes = async (db: Db, homes: readonly DatabaseHome[]): Promise<void> => {
  if (homes.length > 0) await db.deleteFrom('bus.home').where('name', 'in', homes).execute();
};

/** Makes a database a part of the panier that has this identity. By the owner, and only where there is nothing in it. */
export const adoptIdentity = async (db: Db, { id, seal }: DatabaseIdentity): Promise<void> => {
  await db.updateTable('bus.identity').set({ id, seal }).execute();
};

const EVENTS_OF = {
  write: 'write.journal',
  saga: 'saga.journal',
  audit: 'audit.event_store',
} as const satisfies Readonly<Record<Exclude<DatabaseHome, 'shared'>, string>>;

/** Whether anything was ever recorded there. What is shared has no events, and so never. */
export const hasEvents = async (db: Db, home: DatabaseHome): Promise<boolean> => {
  if (home === 'shared') return false;
  const { rows } = await sql<{ there: boolean }>`
    select exists (select from ${sql.table(EVENTS_OF[home])}) as there`.execute(db);
  return rows[0]?.there === true;
};

/** Which database of which running server this is: the same for whoever is led there, by whatever address. */
export const databasePlace = async (db: Db): Promise<string> => {
  const { rows } = await sql<{ place: string }>`
    select concat_ws(' ', extract(epoch from pg_postmaster_start_time()), current_setting('port'), current_database()) as place`.execute(
    db,
  );
  return rows[0]?.place ?? '';
};
