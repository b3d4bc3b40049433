import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

const KIBIBYTE = 1_024;

const readOrNothing = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const kibibytesIn = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);

const childrenOf = (pid: number): readonly number[] =>
  readOrNothing(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

/** What a process and its children have in memory; of what they share each counts its part. Source: proc_pid_smaps(5). */
const treeBytes = (pid: number): number =>
  kibibytesIn(readOrNothing(`/proc/${pid}/smaps_rollup`), 'Pss') * KIBIBYTE +
  childrenOf(pid).reduce((sum, child) => sum + treeBytes(child), 0);

const residentBytes = (pid: number): number => kibibytesIn(readOrNothing(`/proc/${pid}/status`), 'VmRSS') * KIBIBYTE;

/** The last report of `report-heap.ts`; 0 before the first. */
const heapBytes = (path: string): number => {
  const text = readOrNothing(path);
  // It is being written at times.
  if (!text.endsWith('}')) return 0;
  return (JSON.parse(text) as NodeJS.MemoryUsage).heapUsed;
};

const redisBytes = async (redis: Redis): Promise<number> =>
  Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? 0);

/** What takes up memory, by name, in bytes. */
export type Memory = Readonly<Record<string, number>>;

export interface Watched {
  /** Processes of panier by name, each with the file that it reports its heap to. */
  readonly panier: Readonly<Record<string, { readonly pid: number; readonly heapPath: string }>>;
  readonly postgresPid: number;
  readonly redis: Redis;
}

export const readMemory = async ({ panier, postgresPid, redis }: Watched): Promise<Memory> => ({
  ...Object.fromEntries(
    Object.entries(panier).flatMap(([name, { pid, heapPath }]) => [
      [`${name}, resident`, residentBytes(pid)],
      [`${name}, heap`, heapBytes(heapPath)],
    ]),
  ),
  PostgreSQL: treeBytes(postgresPid),
  Redis: await redisBytes(redis),
});
