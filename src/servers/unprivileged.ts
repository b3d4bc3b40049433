import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, statSync } from 'node:fs';

type User = { readonly uid: number; readonly gid: number };

/** How a server is run: as nobody who could do more than serve. */
export type RunAs = {
  /** Put in front of the command. */
  readonly prefix: readonly string[];
  /** Set only when root has to become somebody else. */
  readonly user?: User;
};

/** A command that can be spawned; `uid` and `gid` are there where the prefix does not change the user itself. */
export type CommandAs = {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
};

const NOBODY = 65_534;

const idOf = (option: '-u' | '-g'): number => {
  try {
    return Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return NOBODY;
  }
};

const ownerOf = (directory: string): User | undefined => {
  const owner = existsSync(directory) ? statSync(directory) : undefined;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : undefined;
};

/** The command with its prefix, and the user for spawn; a prefix that changes the user needs no other. */
export const commandAs = ({ prefix, user }: RunAs, file: string, args: readonly string[]): CommandAs => {
  const [first = file, ...rest] = [...prefix, file, ...args];
  const changesUser = prefix.some((option) => option.startsWith('--reuid'));
  return { file: first, args: rest, ...(!changesUser && user) };
};

/** Whether a command, run as a server is, ends without a complaint. */
export const succeedsAs = (
  runAs: RunAs,
  [name, ...given]: readonly [string, ...string[]],
  { cwd }: { readonly cwd: string } = { cwd: '/' },
): boolean => {
  const { file, args, ...user } = commandAs(runAs, name, given);
  try {
    execFileSync(file, args, { cwd, stdio: 'ignore', ...user });
    return true;
  } catch {
    return false;
  }
};

const NO_NEW = '--no-new-privs';
const NO_CAPABILITIES = ['--inh-caps=-all', '--bounding-set=-all'];

const prefixesFor = (user: User | undefined): readonly (readonly string[])[] => {
  if (!user) return [['setpriv', NO_NEW]];
  const become = ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', NO_NEW];
  // A container may keep root from giving up what its processes could ever be given.
  return [[...become, ...NO_CAPABILITIES], become, ['setpriv', NO_NEW]];
};

/** Where there is no setpriv, or it may not, the user alone is changed: that, too, takes every capability away. */
const surest = (user: User | undefined): RunAs => {
  const as = (prefix: readonly string[]): RunAs => ({ prefix, ...(user && { user }) });
  return (
    prefixesFor(user)
      .map(as)
      .find((runAs) => succeedsAs(runAs, ['true'])) ?? as([])
  );
};

/**
 * Who runs a server: ourselves if we are not root, else the owner of its data, else nobody. It has no capability, and cannot
 * get any where setpriv is there.
 */
export const unprivileged = (dataDirectory: string): RunAs =>
  surest(process.getuid?.() === 0 ? (ownerOf(dataDirectory) ?? { uid: idOf('-u'), gid: idOf('-g') }) : undefined);

/** Hands a file or directory over to the user that the server runs as. */
export const giveTo = ({ user }: RunAs, path: string): void => {
  if (user) chownSync(path, user.uid, user.gid);
};
