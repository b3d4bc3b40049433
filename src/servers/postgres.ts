import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ignored } from '../platform/index.ts';
import { homeOf, livesIn } from './home.ts';
import { findPostgres, type PostgresBinaries } from './postgres-binaries.ts';
import { openCluster, POSTGRES_ENV, POSTGRES_USER } from './postgres-cluster.ts';
import { identify } from './process-identity.ts';
import { reachablePrograms } from './reachable-programs.ts';
import { type ServerCommand, type ServerProcess, spawnServer } from './server-process.ts';
import { startOnFreePort } from './start-on-free-port.ts';
import { POSTGRES_STOP, stopProcess } from './stop-process.ts';
import { commandAs, type RunAs, unprivileged } from './unprivileged.ts';
import { untilReady } from './until-ready.ts';
import { makeRoomInWal } from './wal-room.ts';

/** A running server and how to reach it, password included. */
export type RunningServer = { readonly url: string; readonly process: ServerProcess };

/** `onSpawn` is told of each process before it is ready, so that it can be found again if we die. */
export type ServerOptions = {
  readonly directory: string;
  readonly onSpawn?: (process: ServerProcess) => void;
};

export type PostgresOptions = ServerOptions & {
  /** In place of panier's own settings, or beside them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told in a sentence what takes long; without it, that takes as long in silence. */
  readonly say?: (line: string) => void;
};

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  min_wal_size: '256MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
} as const;

const READY_LINE = 7;
/** A standby is refused by who wants to write: with a sentence, and not after a minute of waiting. */
const READY_WORDS = ['ready', 'standby'];

const pidFileOf = (directory: string): readonly string[] => {
  const path = join(directory, 'postmaster.pid');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
};

type Cluster = Pick<PostgresOptions, 'directory' | 'settings'> & {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
};

const commandFor = ({ directory, binaries, runAs, settings }: Cluster, port: number): ServerCommand => {
  const options = Object.entries({ ...SETTINGS, ...settings, port: `${port}` }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const { cwd, path } = homeOf(runAs, directory);
  return {
    name: 'PostgreSQL',
    ...commandAs(runAs, binaries.postgres, ['-D', path, ...options]),
    cwd,
    env: POSTGRES_ENV,
    logFile: `${directory}.log`,
    stopSignals: POSTGRES_STOP,
  };
};

const stopOrphan = async (directory: string): Promise<void> => {
  const pid = Number(pidFileOf(directory)[0] ?? Number.NaN);
  const orphan = livesIn(pid, directory) && identify(pid);
  if (orphan) await stopProcess(orphan, POSTGRES_STOP);
};

// PostgreSQL takes whatever has the pid of its last run for a rival: a stranger, or a dead process that nobody buried.
// Our pid, its parent's, it passes over; without the file it would not look whether children of that run still live.
const disownPidFile = (directory: string): void => {
  const [, ...others] = pidFileOf(directory);
  if (others.length > 0) writeFileSync(join(directory, 'postmaster.pid'), [process.pid, ...others].join('\n'));
};

const isReady = (directory: string, pid: number): boolean => {
  const lines = pidFileOf(directory);
  return Number(lines[0]) === pid && READY_WORDS.includes(lines[READY_LINE]?.trim() ?? '');
};

/**
 * Starts a private PostgreSQL on the data in `directory`, which is made if it is not there.
 * A server that a dead panier left behind on these data is stopped first. @throws ServersError
 */
export const startPostgres = async (options: PostgresOptions): Promise<RunningServer> => {
  const { directory, settings = {}, onSpawn, say = ignored } = options;
  const runAs = unprivileged(directory);
  const binaries = reachablePrograms(runAs, findPostgres());
  const password = await openCluster(directory, binaries, runAs);
  await stopOrphan(directory);
  return startOnFreePort(async (port) => {
    disownPidFile(directory);
    const command = commandFor({ directory, binaries, runAs, settings }, port);
    const server = await spawnServer(command);
    onSpawn?.(server);
    await untilReady(server, command, { isReady: () => isReady(directory, server.identity.pid), say });
    const url = `postgres://${POSTGRES_USER}:${password}@127.0.0.1:${port}/postgres`;
    try {
      await makeRoomInWal(url);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return { url, process: server };
  });
};
