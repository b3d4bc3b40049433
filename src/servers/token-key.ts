import { randomBytes } from 'node:crypto';
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileError, openDataDir } from './data-dir.ts';
import { ServersError } from './servers-error.ts';

const KEY_BYTES = 32;

const fileOf = (dataDir: string): string => join(dataDir, 'token.key');

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

/** Whole before it has its name: of two processes that make it at once, one's is there, and both read that. */
const make = (dataDir: string): void => {
  const directory = mkdtempSync(join(dataDir, '.token-'));
  try {
    const path = join(directory, 'token.key');
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600 });
    linkSync(path, fileOf(dataDir));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const read = (dataDir: string): Buffer => {
  const key = Buffer.from(readFileSync(fileOf(dataDir), 'utf8').trim(), 'base64url');
  if (key.length === KEY_BYTES) return key;
  throw new ServersError(`${fileOf(dataDir)} is no key of panier's: remove it, and the next start makes another one.`);
};

const readOrMake = (dataDir: string): Buffer => {
  openDataDir(dataDir);
  try {
    return read(dataDir);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  make(dataDir);
  return read(dataDir);
};

/**
 * The secret that signs tokens where none is configured: 32 random bytes, in a file of the data directory that only its
 * owner may read. Made when it is first asked for.
 * @throws ServersError with a message for the person at the terminal
 */
export const tokenKeyOf = (dataDir: string): Buffer => {
  try {
    return readOrMake(dataDir);
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
};
