import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { guarded, ignored } from '../platform/index.ts';
import { homeOf } from './home.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { ServersError } from './servers-error.ts';
import { commandAs, giveTo, type RunAs } from './unprivileged.ts';

export const POSTGRES_USER = 'panier';

const PASSWORD_FILE = 'panier.password';

/** The password's file is handed over open: what lies above it may be closed to the user of the server. */
const PASSWORD_INPUT = '/dev/stdin';

/** Nothing of our environment: PGDATA, PGPORT and the locale's variables would change what PostgreSQL does. */
export const POSTGRES_ENV = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' } as const;

const initdbOptions = (pgdata: string): readonly string[] => [
  `--pgdata=${pgdata}`,
  `--username=${POSTGRES_USER}`,
  `--pwfile=${PASSWORD_INPUT}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

const cannotBeMade = (reason: string, cause?: unknown): ServersError =>
  new ServersError(
    `PostgreSQL's data directory could not be made:\n  ${reason.trim()}\nCorrect that, or set DATABASE_URL to a PostgreSQL server.`,
    { cause },
  );

const runInitdb = async (initdb: string, runAs: RunAs, made: { directory: string; passwordFile: string }) => {
  const { cwd, path } = homeOf(runAs, made.directory);
  const { file, args, ...user } = commandAs(runAs, initdb, initdbOptions(path));
  const password = openSync(made.passwordFile, 'r');
  const child = spawn(file, args, { cwd, env: POSTGRES_ENV, stdio: [password, 'ignore', 'pipe'], ...user });
  closeSync(password);
  // Left behind, it would write where the next start makes the directory anew.
  const kill = guarded(() => void child.kill(), ignored);
  process.once('exit', kill);
  const ended = new Promise<unknown>((resolve) => child.once('error', resolve).once('close', resolve));
  const [end, complaint] = await Promise.all([ended, child.stderr === null ? '' : text(child.stderr)]);
  process.off('exit', kill);
  if (end !== 0) throw cannotBeMade(complaint || String(end instanceof Error ? end.message : end), end);
};

const createCluster = async (directory: string, binaries: PostgresBinaries, runAs: RunAs): Promise<void> => {
  const unfinished = `${directory}.new`;
  const passwordFile = `${directory}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  giveTo(runAs, unfinished);
  giveTo(runAs, passwordFile);
  await runInitdb(binaries.initdb, runAs, { directory: unfinished, passwordFile });
  renameSync(passwordFile, join(unfinished, PASSWORD_FILE));
  // Last, so that a directory of this name is always whole: an initdb that was interrupted is done again.
  renameSync(unfinished, directory);
};

const isEmpty = (directory: string): boolean => readdirSync(directory).length === 0;

const refuseForeign = (directory: string, { majorVersion }: PostgresBinaries): void => {
  const versionFile = join(directory, 'PG_VERSION');
  if (!existsSync(versionFile) || !existsSync(join(directory, PASSWORD_FILE)))
    throw new ServersError(
      `${directory} is not a PostgreSQL data directory of panier's. Move it away, or set PANIER_DATA_DIR to another directory.`,
    );
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== majorVersion)
    throw new ServersError(
      `${directory} was written by PostgreSQL ${version}, and this is PostgreSQL ${majorVersion}. Dump it with the panier that wrote it (pg_dump) and restore it here, or set PANIER_DATA_DIR to another directory to start anew.`,
    );
};

/** Makes the data directory if there is none, and returns the password of `POSTGRES_USER`. @throws ServersError */
export const openCluster = async (directory: string, binaries: PostgresBinaries, runAs: RunAs): Promise<string> => {
  if (existsSync(directory) && isEmpty(directory)) rmdirSync(directory);
  if (existsSync(directory)) refuseForeign(directory, binaries);
  else await createCluster(directory, binaries, runAs);
  return readFileSync(join(directory, PASSWORD_FILE), 'utf8').trim();
};
