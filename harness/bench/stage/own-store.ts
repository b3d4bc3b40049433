import { type Database, migrate, openDatabase } from '../../../src/database/index.ts';
import { meterCpu } from '../measure/index.ts';
import { openServers, type Servers } from './servers.ts';

const CONNECTIONS = 10;

/** Servers of one's own with panier's tables, worked on by this very process. */
export interface OwnStore extends AsyncDisposable {
  readonly servers: Servers;
  readonly database: Database;
  /** Starts counting: { process, postgres, redis }, in microseconds; `process` is this one. */
  readonly meter: () => () => Readonly<Record<string, number>>;
}

const meterOn =
  ({ pids }: Servers) =>
  (): (() => Readonly<Record<string, number>>) => {
    const others = meterCpu(pids);
    const before = process.cpuUsage();
    return () => {
      const { user, system } = process.cpuUsage(before);
      return { process: user + system, ...others() };
    };
  };

export const openOwnStore = async (): Promise<OwnStore> => {
  await using opening = new AsyncDisposableStack();
  const servers = opening.use(await openServers());
  const database = opening.use(openDatabase({ url: servers.databaseUrl, name: 'bench', maxConnections: CONNECTIONS }));
  await migrate(database.db);
  const opened = opening.move();
  return { servers, database, meter: meterOn(servers), [Symbol.asyncDispose]: () => opened.disposeAsync() };
};
