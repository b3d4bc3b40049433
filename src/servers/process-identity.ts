import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process for good: a pid alone is given again to another process. */
export type ProcessIdentity = { readonly pid: number; readonly startedAt: string };

const ZOMBIE = 'Z';

const identifyOnLinux = (pid: number): string | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may itself hold spaces and parentheses.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return state === ZOMBIE ? undefined : `${bootId}/${fields[18]}`;
};

const identifyElsewhere = (pid: number): string | undefined => {
  const output = execFileSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', `${pid}`], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const [, state, startedAt] = /^\s*(\S)\S*\s+(.+?)\s*$/.exec(output) ?? [];
  return state === ZOMBIE ? undefined : startedAt;
};

/** When a process started, in a form that is only good for comparing; undefined if it does not run. */
const startOf = (pid: number): string | undefined => {
  try {
    return process.platform === 'linux' ? identifyOnLinux(pid) : identifyElsewhere(pid);
  } catch {
    return undefined;
  }
};

/** Undefined if no such process runs. */
export const identify = (pid: number): ProcessIdentity | undefined => {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
};

/** False also when the pid belongs to another process by now, or to one that is dead but not yet buried. */
export const isAlive = ({ pid, startedAt }: ProcessIdentity): boolean => startOf(pid) === startedAt;

/** The arguments of a running process as one line; empty if there is none. */
export const commandLineOf = (pid: number): string => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
};
