import { type Homes, migrateUsed, openHomes } from '../database/index.ts';
import { type DatabaseUrls, databaseAddresses, databaseUrlOf, readProcessConfig } from '../platform/index.ts';
import { readRunningServers } from '../servers/index.ts';
import { StartupError, settleHomes } from '../startup/index.ts';

/** Where the databases of the panier are that this machine runs, or that DATABASE_URL and its like name. @throws {StartupError} */
const runningDatabases = (): DatabaseUrls => {
  const { databaseUrl: given, databaseUrls, databaseHomes, dataDir } = readProcessConfig();
  if (given !== undefined) return { databaseUrl: given, databaseUrls, databaseHomes };
  const running = readRunningServers(dataDir)?.databaseUrl;
  if (running !== undefined) return { databaseUrl: running };
  throw new StartupError(`No database: start panier (npm start) first, or set DATABASE_URL. Looked in ${dataDir}.`);
};

/** The database with what all services share. @throws {StartupError} */
export const runningDatabaseUrl = (): string => runningDatabases().databaseUrl;

/** The database with the write journal and its charges. @throws {StartupError} */
export const runningWriteUrl = (): string => databaseUrlOf(runningDatabases(), 'commands', 'write');

/**
 * As the owner, for a tool that looks at all there is: each of them migrated, and known to be where its homes are.
 * @throws {StartupError} @throws {MigrationError} also where one was never panier's
 */
export const openRunningHomes = async (options: {
  readonly name: string;
  readonly maxConnections: number;
}): Promise<Homes> => {
  const urls = runningDatabases();
  await using opening = new AsyncDisposableStack();
  const homes = opening.use(openHomes(databaseAddresses(urls, 'owner'), { ...options, readsWholeTables: true }));
  for (const { db } of homes.all) await migrateUsed(db);
  await settleHomes({ urls, at: (_service, home) => homes.at(home), mayOwn: false });
  const opened = opening.move();
  return { ...homes, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};
