import { type DatabaseServerState, type Db, databaseServerState } from '../database/index.ts';
import { byDeadline, type DatabaseHome, deadlineIn } from '../platform/index.ts';

/** One server of PostgreSQL, and the homes that are there. */
export interface DatabaseServer {
  readonly homes: readonly DatabaseHome[];
  readonly db: Db;
}

/** How those that answer are, as one, and which of all do. */
export interface DatabaseServerStates extends DatabaseServerState {
  readonly servers: readonly { readonly homes: readonly DatabaseHome[]; readonly answers: boolean }[];
}

/** Less than whoever looks waits for all of them: one that is silent must not hide the others. */
const ANSWER_MS = 1_000;

const freeOf = ({ connections, maxConnections }: DatabaseServerState): number => maxConnections - connections;

/** What all of them take on their disks, and the connections of the one that has the fewest left; null: there is none. */
const fullestOf = (states: readonly DatabaseServerState[]): DatabaseServerState | null => {
  const [fullest] = states.toSorted((one, other) => freeOf(one) - freeOf(other));
  if (fullest === undefined) return null;
  return { ...fullest, databaseBytes: states.reduce((sum, { databaseBytes }) => sum + databaseBytes, 0) };
};

/** How the servers of PostgreSQL are. @throws what kept the first from answering, when none does */
export const databaseServerStates = async (servers: readonly DatabaseServer[]): Promise<DatabaseServerStates> => {
  const answers = await Promise.allSettled(
    servers.map(({ db }) => byDeadline(databaseServerState(db), deadlineIn(ANSWER_MS))),
  );
  const whole = fullestOf(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])));
  if (whole === null) throw answers.find((answer) => answer.status === 'rejected')?.reason;
  return {
    ...whole,
    servers: servers.map(({ homes }, nth) => ({ homes, answers: answers[nth]?.status === 'fulfilled' })),
  };
};
