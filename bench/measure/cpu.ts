import { readFileSync } from 'node:fs';

/** The kernel counts a process's time in hundredths of a second. Source: proc(5), getconf CLK_TCK. */
const MICROS_PER_TICK = 10_000;
const USER = 11;
const CHILDREN_SYSTEM = 14;

const readOrNothing = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Own time, and that of children who ended and were waited for. */
const ticksOf = (pid: number): number => {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  // The name, in parentheses, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(USER, CHILDREN_SYSTEM + 1).reduce((sum, field) => sum + Number(field), 0);
};

const childrenOf = (pid: number): readonly number[] =>
  readOrNothing(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

const treeMicros = (pid: number): number =>
  ticksOf(pid) * MICROS_PER_TICK + childrenOf(pid).reduce((sum, child) => sum + treeMicros(child), 0);

/** Which processes count as which kind: { gateway: [pid], postgres: [pid] }; their children count with them. */
export type Processes = Readonly<Record<string, readonly number[]>>;

const read = (processes: Processes): ReadonlyMap<string, number> =>
  new Map(Object.entries(processes).map(([kind, pids]) => [kind, pids.reduce((sum, pid) => sum + treeMicros(pid), 0)]));

/** Starts counting; the returned function tells the microseconds of user and system time used since, by kind. */
export const meterCpu = (processes: Processes): (() => Readonly<Record<string, number>>) => {
  const before = read(processes);
  return () =>
    Object.fromEntries([...read(processes)].map(([kind, micros]) => [kind, micros - (before.get(kind) ?? 0)]));
};
