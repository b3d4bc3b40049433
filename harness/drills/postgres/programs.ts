import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What an operator has beside a server, and the packages of npm do not bring. */
const WANTED = ['initdb', 'postgres', 'pg_ctl', 'pg_basebackup', 'pg_archivecleanup', 'pg_dump', 'pg_restore', 'psql'];
/** Where Debian puts what is not for everybody's path. */
const DEBIANS = '/usr/lib/postgresql/*/bin';

const hasAll = (directory: string): boolean => WANTED.every((name) => existsSync(join(directory, name)));

const versionIn = (directory: string): number => Number(/\d+/.exec(directory)?.[0] ?? 0);

/** The directory of PostgreSQL's programs: on the path, or the newest of Debian's. @throws when there is none */
export const findPrograms = (): string => {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  const debians = globSync(DEBIANS).toSorted((one, other) => versionIn(other) - versionIn(one));
  const found = [...onPath, ...debians].find(hasAll);
  if (found !== undefined) return found;
  throw new Error(
    `This drill needs PostgreSQL's own programs (${WANTED.join(', ')}) on the PATH: on Debian, apt-get install postgresql.`,
  );
};
