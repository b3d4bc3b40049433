import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
    `The data directory ${dataDir} cannot be used: ${reason}. Correct that, or set PANIER_DATA_DIR to another directory.\n  (${message})`,
    { cause: error },
  );
};

/** Makes the directory if it is not there. @throws ServersError when a newer panier wrote it */
export const openDataDir = (dataDir: string): void => {
  // Others may pass, because PostgreSQL may run as another user; what lies inside is closed to them.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const layoutFile = join(dataDir, 'layout');
  const found = existsSync(layoutFile) ? readFileSync(layoutFile, 'utf8').trim() : '';
  if (found === '') writeFileSync(layoutFile, `${LAYOUT}\n`);
  else if (found !== `${LAYOUT}`)
    throw new ServersError(
      `${dataDir} has layout "${found}", and this panier knows layout ${LAYOUT}. Use the newer panier that wrote it, or set PANIER_DATA_DIR to another directory.`,
    );
};
