import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { ServersError } from './servers-error.ts';
import { type RunAs, succeedsAs } from './unprivileged.ts';

/** Only root writes below it, and everybody may pass. */
const PLACE = '/var/lib/panier';

const WRITABLE_BY_OTHERS = 0o022;

const nativeOf = ({ postgres }: PostgresBinaries): string => dirname(dirname(postgres));

const reaches = (runAs: RunAs, binaries: PostgresBinaries): boolean => {
  const { postgres, initdb } = binaries;
  const share = join(nativeOf(binaries), 'share');
  const test = `test -x "$1" && test -x "$2" && test -r "$1" && test -r "$3" && test -x "$3"`;
  return succeedsAs(runAs, ['sh', '-c', test, 'sh', postgres, initdb, share]);
};

const openPlace = (place: string): void => {
  mkdirSync(place, { recursive: true, mode: 0o755 });
  const { uid, mode } = statSync(place);
  if (uid !== 0 || (mode & WRITABLE_BY_OTHERS) !== 0)
    throw new ServersError(`${place} is not root's alone: whoever writes to it would say what PostgreSQL is.`);
};

/** Under its name only once it is whole; of two who copy at once the first one counts. */
const copyTo = (target: string, native: string): void => {
  const made = mkdtempSync(`${target}.`);
  try {
    execFileSync('cp', ['-RP', `${native}/.`, made], { stdio: 'pipe' });
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', made], { stdio: 'pipe' });
    if (!existsSync(target)) renameSync(made, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
};

const copyOf = (binaries: PostgresBinaries, place: string): PostgresBinaries => {
  openPlace(place);
  const target = join(place, `postgresql-${binaries.version}-${process.arch}`);
  if (!existsSync(target)) copyTo(target, nativeOf(binaries));
  return { ...binaries, postgres: join(target, 'bin/postgres'), initdb: join(target, 'bin/initdb') };
};

const withoutThem = (binaries: PostgresBinaries, cause?: unknown): ServersError => {
  const reason = cause instanceof Error ? ` (${cause.message.trim()})` : '';
  return new ServersError(
    `PostgreSQL is not run as root, and nobody else can get at ${nativeOf(binaries)}, nor at a copy in ${PLACE}${reason}. Run panier as another user, or put it below directories that everybody may enter, or set DATABASE_URL.`,
    { cause },
  );
};

const orSay = (binaries: PostgresBinaries, copy: () => PostgresBinaries): PostgresBinaries => {
  try {
    return copy();
  } catch (error) {
    throw withoutThem(binaries, error);
  }
};

/**
 * The programs of PostgreSQL where the user of the server may run them. Below a directory that is closed to it (/root, mktemp
 * -d) it may not: then root makes a copy in /var/lib/panier, once for each release.
 * @throws ServersError when there is no way
 */
export const reachablePrograms = (runAs: RunAs, binaries: PostgresBinaries, place = PLACE): PostgresBinaries => {
  if (!runAs.user || reaches(runAs, binaries)) return binaries;
  const copy = orSay(binaries, () => copyOf(binaries, place));
  if (!reaches(runAs, copy)) throw withoutThem(binaries);
  return copy;
};
