import { readProcessConfig } from '../platform/index.ts';
import { readRunningServers } from '../servers/index.ts';
import { StartupError } from '../startup/index.ts';

/** The database of the panier that this machine runs, or that DATABASE_URL names. @throws {StartupError} */
export const runningDatabaseUrl = (): string => {
  const { databaseUrl: given, dataDir } = readProcessConfig();
  const url = given ?? readRunningServers(dataDir)?.databaseUrl;
  if (url !== undefined) return url;
  throw new StartupError(`No database: start panier (npm start) first, or set DATABASE_URL. Looked in ${dataDir}.`);
};
