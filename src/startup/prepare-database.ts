import {
  type Database,
  durabilityProblems,
  leftBehind,
  migrate,
  missingMigrations,
  openDatabase,
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

/** In a session of its own: an index on all there ever was takes longer than any other statement may. @throws {StartupError} */
export const bringUpToDate = async (url: string, needed: Needed): Promise<void> => {
  await using database = openDatabase({ url, name: 'migration', maxConnections: 1, readsWholeTables: true });
  const { db } = database;
  const ask = askAt(needed.variable, url);
  refuse(await ask(() => durabilityProblems(db)));
  refuse(await ask(() => schemaProblems(db)));
  refuse(await ask(() => serverProblems(db, needed)));
  refuse(await ask(() => leftBehind(db)));
  await reach(needed.variable, url, () => migrate(db));
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
