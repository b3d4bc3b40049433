import { type DatabaseServerState, type Db, databaseServerState } from '../database/index.ts';

const freeOf = ({ connections, maxConnections }: DatabaseServerState): number => maxConnections - connections;

/** What all of them take on their disks, and the connections of the one that has the fewest left. */
const fullestOf = (states: readonly DatabaseServerState[]): DatabaseServerState => {
  const [fullest] = states.toSorted((one, other) => freeOf(one) - freeOf(other));
  if (fullest === undefined) throw new RangeError('There is no server of PostgreSQL');
  return { ...fullest, databaseBytes: states.reduce((sum, { databaseBytes }) => sum + databaseBytes, 0) };
};

/** How the servers of PostgreSQL are, as one. @throws while any of them is away */
export const databaseServerStates = async (servers: readonly Db[]): Promise<DatabaseServerState> =>
  fullestOf(await Promise.all(servers.map(databaseServerState)));
