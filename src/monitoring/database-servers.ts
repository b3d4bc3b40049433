import { type DatabaseServerState, type Db, databaseServerState } from '../database/index.ts';
import { byDeadline, type DatabaseHome, deadlineIn, sharedAnswer } from '../platform/index.ts';

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

type Ask = () => Promise<DatabaseServerState>;

const askOf = ({ db }: DatabaseServer): Ask => {
  // Beyond its time, the question may still wait for a server that is silent: no second one waits beside it.
  const asked = sharedAnswer(() => databaseServerState(db), 0);
  return () => byDeadline(asked(), deadlineIn(ANSWER_MS));
};

/** Looks how the servers of PostgreSQL are. @throws what kept the first from answering, when none does */
export const databaseServerStates = (servers: readonly DatabaseServer[]): (() => Promise<DatabaseServerStates>) => {
  const asks = servers.map(askOf);
  return () => statesBy(servers, asks);
};

const statesBy = async (servers: readonly DatabaseServer[], asks: readonly Ask[]): Promise<DatabaseServerStates> => {
  const answers = await Promise.allSettled(asks.map((ask) => ask()));
  const whole = fullestOf(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])));
  if (whole === null) throw answers.find((answer) => answer.status === 'rejected')?.reason;
  return {
    ...whole,
    servers: servers.map(({ homes }, nth) => ({ homes, answers: answers[nth]?.status === 'fulfilled' })),
  };
};
