import { env, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { RebuildRunning, rebuild } from '../audit/index.ts';
import { migrate, openDatabase } from '../database/index.ts';
import { ConfigError, readConfig } from '../platform/index.ts';
import { readProjections } from '../read/index.ts';
import { readRunningServers } from '../servers/index.ts';
import { progressTo } from './replay-progress.ts';
import { describeReport } from './replay-report.ts';

const USAGE = `Usage: npm run replay [-- --dry-run]

Builds the read models anew from the event store while panier runs, compares them with those in use and puts them
in their place.

  --dry-run   compare only
`;

/** Tells the person at the command line what to do; no stack. */
class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

// The rebuild's session, one that reads ahead.
const CONNECTIONS = 2;

const databaseUrl = (): string => {
  const { databaseUrl: given, dataDir } = readConfig(env);
  const url = given ?? readRunningServers(dataDir)?.databaseUrl;
  if (url !== undefined) return url;
  throw new ReplayError(`No database: start panier (npm start) first, or set DATABASE_URL. Looked in ${dataDir}.`);
};

const replay = async (dryRun: boolean): Promise<string> => {
  await using database = openDatabase({ url: databaseUrl(), name: 'replay', maxConnections: CONNECTIONS });
  await migrate(database.db);
  using progress = progressTo(stderr);
  const report = await rebuild({ db: database.db, projections: readProjections, dryRun, onProgress: progress.show });
  return describeReport(report, dryRun);
};

const readOptions = (): { readonly dryRun: boolean; readonly help: boolean } => {
  const options = {
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    return { dryRun: values['dry-run'], help: values.help };
  } catch (error) {
    throw new ReplayError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const run = async (): Promise<void> => {
  const { dryRun, help } = readOptions();
  stdout.write(help ? USAGE : await replay(dryRun));
};

const isForPeople = (error: unknown): error is Error =>
  error instanceof ReplayError || error instanceof RebuildRunning || error instanceof ConfigError;

try {
  await run();
} catch (error) {
  stderr.write(`${isForPeople(error) ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
