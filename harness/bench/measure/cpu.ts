import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts the time of children who ended in hundredths of a second. Source: proc(5), getconf CLK_TCK. */
const MICROS_PER_TICK = 10_000;
const NANOS_PER_MICRO = 1_000;
const CHILDREN_USER = 13;
const CHILDREN_SYSTEM = 14;

const readOrNothing = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const threadsOf = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
};

/** Of its threads, to the nanosecond: a tick is as long as a short round. Source: Documentation/scheduler/sched-stats. */
const ownMicros = (pid: number): number =>
  threadsOf(pid).reduce((sum, thread) => {
    const [nanos = '0'] = readOrNothing(`/proc/${pid}/task/${thread}/schedstat`).split(' ');
    return sum + Number(nanos) / NANOS_PER_MICRO;
  }, 0);

/** That of children who ended and were waited for. */
const goneMicros = (pid: number): number => {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  // The name, in parentheses, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(CHILDREN_USER, CHILDREN_SYSTEM + 1).reduce((sum, field) => sum + Number(field), 0);
  return ticks * MICROS_PER_TICK;
};

const childrenOf = (pid: number): readonly number[] =>
  readOrNothing(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

const treeMicros = (pid: number): number =>
  ownMicros(pid) + goneMicros(pid) + childrenOf(pid).reduce((sum, child) => sum + treeMicros(child), 0);

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
