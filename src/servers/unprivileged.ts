import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, statSync } from 'node:fs';
import { ServersError } from './servers-error.ts';

/** How a server is run that is not to be root. */
export type RunAs = {
  /** Put in front of the command. */
  readonly prefix: readonly string[];
  /** Set only when root has to become somebody else. */
  readonly user?: { readonly uid: number; readonly gid: number };
};

const NOBODY = 65_534;

const idOf = (option: '-u' | '-g'): number => {
  try {
    return Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return NOBODY;
  }
};

const ownerOf = (directory: string): { readonly uid: number; readonly gid: number } | undefined => {
  const owner = existsSync(directory) ? statSync(directory) : undefined;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : undefined;
};

const succeeds = (file: string, args: readonly string[], user: { uid: number; gid: number } | undefined): boolean => {
  try {
    execFileSync(file, args, { cwd: '/', stdio: 'ignore', ...user });
    return true;
  } catch {
    return false;
  }
};

const setpriv = ({ uid, gid }: { readonly uid: number; readonly gid: number }): readonly string[] => [
  'setpriv',
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--clear-groups',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
  // initdb asks access(2) for its programs, which counts no capability of an ordinary user unless this bit is set.
  '--securebits=+no_setuid_fixup',
];

/**
 * Who runs a server (PostgreSQL refuses to be root): ourselves if we are not root, else the owner of its data, else nobody.
 * That user must get at `paths`, which may lie below a directory of root's (/root, mktemp -d); then it gets the right to pass, and no other.
 * @throws ServersError when there is no way
 */
export const unprivileged = (dataDirectory: string, paths: readonly string[]): RunAs => {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const user = ownerOf(dataDirectory) ?? { uid: idOf('-u'), gid: idOf('-g') };
  const reaches = ['-c', 'for path; do test -r "$path" || exit 1; done', 'sh', ...paths];
  if (succeeds('sh', reaches, user)) return { prefix: [], user };
  const [file = '', ...args] = setpriv(user);
  if (succeeds(file, [...args, 'sh', ...reaches], undefined)) return { prefix: setpriv(user), user };
  throw new ServersError(
    `PostgreSQL and Redis are not run as root, and the user with id ${user.uid} cannot get at ${paths.join(' or ')}. Run panier as another user, or put it and PANIER_DATA_DIR below directories that everybody may enter, or set DATABASE_URL.`,
  );
};

/** Hands a file or directory over to the user that the server runs as. */
export const giveTo = ({ user }: RunAs, path: string): void => {
  if (user) chownSync(path, user.uid, user.gid);
};

/** The command with its prefix, and the user for spawn; a prefix changes the user itself. */
export const commandAs = ({ prefix, user }: RunAs, file: string, args: readonly string[]) => {
  const [first = file, ...rest] = [...prefix, file, ...args];
  return { file: first, args: rest, ...(prefix.length === 0 && user) };
};
