import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServersError } from './servers-error.ts';

/** Counts up when what lies in the data directory, or how, changes so that an older panier cannot use it. */
const LAYOUT = 1;

const REASONS: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  ENOENT: 'it cannot be made, or was removed meanwhile',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'it is not a directory',
  EEXIST: 'it is not a directory',
};

/** Makes a ServersError of a failure of the file system, and leaves every other error as it is. */
export const explainFileError = (error: unknown, dataDir: string): unknown => {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).syscall === 'kill') return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? (/No space left on device/.test(message) ? REASONS['ENOSPC'] : undefined);
  if (reason === undefined) return error;
  return new ServersError(
    `The data directory ${dataDir} cannot be used: ${reason}. Correct that, or set PANIER_DATA_DIR to another directory; with DATABASE_URL and REDIS_URL of servers of yours, none is needed.\n  (${message})`,
    { cause: error },
  );
};

const OWN_NAMES =
  /^(layout|servers\.json|\.servers-.*|token\.key|\.token-.*|(postgres|redis|redis-cluster)(\..*)?|lost\+found)$/;
const STICKY = 0o1000;

/** Elsewhere than on Linux a server that is not root's has to come by this directory to its own. */
const isPassedThrough = (): boolean => process.getuid?.() === 0 && process.platform !== 'linux';

const refuseShared = (dataDir: string): void => {
  const others = readdirSync(dataDir).filter((name) => !OWN_NAMES.test(name));
  const isOurs = others.length === 0 || existsSync(layoutOf(dataDir));
  if (isOurs && (statSync(dataDir).mode & STICKY) === 0) return;
  const found = others.length === 0 ? '' : ` (it holds ${others.slice(0, 3).join(', ')})`;
  throw new ServersError(
    `${dataDir} is shared with others${found}, and panier's data directory is closed to everybody else: set PANIER_DATA_DIR to a directory of its own.`,
  );
};

/** Also what an earlier panier made: it left the directory open to whoever passed, and its log to whoever read. */
const closeToOthers = (dataDir: string): void => {
  chmodSync(dataDir, isPassedThrough() ? 0o711 : 0o700);
  for (const entry of readdirSync(dataDir, { withFileTypes: true }))
    if (entry.isFile()) chmodSync(join(dataDir, entry.name), 0o600);
};

const layoutOf = (dataDir: string): string => join(dataDir, 'layout');

/**
 * Makes the directory if it is not there, and closes it to everybody but its owner.
 * @throws ServersError when a newer panier wrote it, or it is not panier's alone
 */
export const openDataDir = (dataDir: string): void => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  refuseShared(dataDir);
  const found = existsSync(layoutOf(dataDir)) ? readFileSync(layoutOf(dataDir), 'utf8').trim() : '';
  if (found !== '' && found !== `${LAYOUT}`)
    throw new ServersError(
      `${dataDir} has layout "${found}", and this panier knows layout ${LAYOUT}. Use the newer panier that wrote it, or set PANIER_DATA_DIR to another directory.`,
    );
  if (found === '') writeFileSync(layoutOf(dataDir), `${LAYOUT}\n`);
  closeToOthers(dataDir);
};
