import {
  type Database,
  durabilityProblems,
  leftBehind,
  migrate,
  missingMigrations,
  openDatabase,
  type PoolOptions,
  schemaDifferences,
  schemaProblems,
  serverProblems,
  tableProblems,
} from '../database/index.ts';
import { reach, refuse } from './reach.ts';

type Ask = (question: () => Promise<readonly string[]>) => Promise<readonly string[]>;

/** The sentences speak of the variable for all servers: each is told by its own. */
const askAt =
  (variable: string, url: string): Ask =>
  async (question) => {
    const problems = await reach(variable, url, question);
    return problems.map((problem) => problem.replaceAll(/\bDATABASE_URL\b/g, variable));
  };

interface Needed {
  /** Which says where the server is. */
  readonly variable: string;
  readonly connections: number;
}

/**
 * Migrations have a session of their own: an index on all there ever was takes longer than any other statement may, and how
 * long, nobody knows. `patience` is for all else that is asked. @throws {StartupError}
 */
export const bringUpToDate = async (
  url: string,
  needed: Needed,
  patience: Pick<PoolOptions, 'unansweredMs'> = {},
): Promise<void> => {
  const session = { url, name: 'migration', maxConnections: 1 };
  await using asked = openDatabase({ ...session, ...patience });
  await using migrated = openDatabase({ ...session, readsWholeTables: true });
  const { db } = asked;
  const ask = askAt(needed.variable, url);
  refuse(await ask(() => durabilityProblems(db)));
  refuse(await ask(() => schemaProblems(db)));
  refuse(await ask(() => serverProblems(db, needed)));
  refuse(await ask(() => leftBehind(db)));
  await reach(needed.variable, url, () => migrate(migrated.db));
  refuse(await ask(() => tableProblems(db)));
};

/** Without the owner the tables have to be there: a service may not make them, nor use them all. @throws {StartupError} */
export const lookAtDatabase = async (url: string, { db }: Database, needed: Needed): Promise<void> => {
  const ask = askAt(needed.variable, url);
  refuse(await ask(() => durabilityProblems(db)));
  refuse(await ask(() => missingMigrations(db)));
  refuse(await ask(() => serverProblems(db, needed)));
  refuse(await ask(() => schemaDifferences(db)));
};
