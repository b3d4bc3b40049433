import { readlinkSync, realpathSync } from 'node:fs';
import { commandLineOf } from './process-identity.ts';
import { ServersError } from './servers-error.ts';
import { type RunAs, succeedsAs } from './unprivileged.ts';

/** Where a server is started, and by which path it then finds its own directory. */
export type Home = { readonly cwd: string; readonly path: string };

/** The directory that a process stands in, for itself: no directory above it has to let it pass. Source: proc(5). */
const HERE = '/proc/self/cwd';

/**
 * Its directory as a server finds it that runs as somebody else than we: root puts it there, for what lies above may be
 * closed to it (/root, mktemp -d, our data directory). A right to pass everywhere would be a right to read everything.
 * @throws ServersError when there is no way
 */
export const homeOf = (runAs: RunAs, directory: string): Home => {
  if (!runAs.user) return { cwd: '/', path: directory };
  if (succeedsAs(runAs, ['test', '-w', `${HERE}/.`], { cwd: directory })) return { cwd: directory, path: HERE };
  if (succeedsAs(runAs, ['test', '-w', `${directory}/.`])) return { cwd: '/', path: directory };
  throw new ServersError(
    `PostgreSQL and Redis are not run as root, and the user with id ${runAs.user.uid} cannot get at ${directory}. Run panier as another user, or set PANIER_DATA_DIR to a directory below directories that everybody may enter, or set DATABASE_URL and REDIS_URL.`,
  );
};

const standsIn = (pid: number, directory: string): boolean => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory);
  } catch {
    return false;
  }
};

/** Whether the process is a PostgreSQL on the data in `directory`. */
export const livesIn = (pid: number, directory: string): boolean => {
  const commandLine = commandLineOf(pid);
  return commandLine.includes(`-D ${directory} `) || (commandLine.includes(`-D ${HERE} `) && standsIn(pid, directory));
};
