import { linkSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { ServersError } from './servers-error.ts';
import { POSTGRES_STOP, REDIS_STOP, stopProcess } from './stop-process.ts';

/** What servers.json says: who started which servers, and where they are once they are ready. */
type ServersFile = {
  readonly owner: ProcessIdentity;
  readonly postgres?: ProcessIdentity;
  readonly redis?: ProcessIdentity;
  /** Of a cluster. */
  readonly redisNodes?: readonly ProcessIdentity[];
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** Where its GraphQL answers, whatever its PORT was. */
  readonly gatewayUrl?: string;
  /** Where it shows its metrics, whatever its PANIER_OPS_PORT was. */
  readonly opsUrl?: string;
  /** The URLs of the services, by the names of their variables. */
  readonly environment?: Readonly<Record<string, string>>;
};

type Notes = Omit<ServersFile, 'owner'>;

/** The right of one process to the servers of a data directory. */
export type Ownership = Disposable & {
  /** Adds to what servers.json says. */
  readonly note: (notes: Notes) => void;
};

const fileOf = (dataDir: string): string => join(dataDir, 'servers.json');

const readRecord = (file: string): ServersFile | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ServersFile;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Hands a complete file to `place`, which links or renames it: nobody ever reads half of it. */
const withFile = (dataDir: string, record: ServersFile, place: (path: string) => void): void => {
  const directory = mkdtempSync(join(dataDir, '.servers-'));
  try {
    const path = join(directory, 'servers.json');
    writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
    place(path);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/** False if the file is there already. */
const create = (dataDir: string, record: ServersFile): boolean => {
  try {
    withFile(dataDir, record, (path) => linkSync(path, fileOf(dataDir)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const refuseIfAlive = (dataDir: string, owner: ProcessIdentity | undefined): void => {
  if (owner && isAlive(owner))
    throw new ServersError(
      `panier runs already on ${dataDir} (process ${owner.pid}). Stop that one, or set PANIER_DATA_DIR to another directory.`,
    );
};

const stopOrphans = async ({ postgres, redis, redisNodes = [] }: Partial<ServersFile>): Promise<void> => {
  const redises = redis === undefined ? redisNodes : [redis, ...redisNodes];
  const stopped = redises.map((each) => stopProcess(each, REDIS_STOP));
  await Promise.all([postgres && stopProcess(postgres, POSTGRES_STOP), ...stopped]);
};

// Moved, not deleted: of two that take over at once, the later one sees that it took the other's file, and puts it back.
const removeStale = (dataDir: string): void => {
  const directory = mkdtempSync(join(dataDir, '.servers-'));
  const taken = join(directory, 'servers.json');
  try {
    renameSync(fileOf(dataDir), taken);
    const owner = readRecord(taken)?.owner;
    if (owner && isAlive(owner)) linkSync(taken, fileOf(dataDir));
  } catch (error) {
    const isDone = ['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (!isDone) throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const ownershipOf = (dataDir: string, owner: ProcessIdentity): Ownership => {
  let record: ServersFile = { owner };
  return {
    note: (notes) => {
      record = { ...record, ...notes };
      withFile(dataDir, record, (path) => renameSync(path, fileOf(dataDir)));
    },
    [Symbol.dispose]: () => rmSync(fileOf(dataDir), { force: true }),
  };
};

/**
 * Makes this process the owner of the data directory's servers. Servers of an owner that died are stopped.
 * @throws ServersError while another owner lives
 */
export const takeOwnership = async (dataDir: string): Promise<Ownership> => {
  const owner = identify(process.pid) ?? { pid: process.pid, startedAt: '' };
  while (!create(dataDir, { owner })) {
    const previous = readRecord(fileOf(dataDir));
    refuseIfAlive(dataDir, previous?.owner);
    await stopOrphans(previous ?? {});
    removeStale(dataDir);
  }
  return ownershipOf(dataDir, owner);
};

/** The embedded servers of a panier that runs; a URL is missing while its server is not ready, or not embedded. */
export type RunningServers = {
  readonly ownerPid: number;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly gatewayUrl: string | undefined;
  readonly opsUrl: string | undefined;
  /** The URLs of the services, by the names of their variables; empty while they have none. */
  readonly environment: Readonly<Record<string, string>>;
};

/** For another command on the same data directory. Undefined if no panier runs there. */
export const readRunningServers = (dataDir: string): RunningServers | undefined => {
  const record = readRecord(fileOf(dataDir));
  if (!record?.owner || !isAlive(record.owner)) return undefined;
  const { owner, databaseUrl, redisUrl, gatewayUrl, opsUrl, environment = {} } = record;
  return { ownerPid: owner.pid, databaseUrl, redisUrl, gatewayUrl, opsUrl, environment };
};
