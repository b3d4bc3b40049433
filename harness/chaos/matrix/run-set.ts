import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../report/index.ts';
import type { MatrixOptions } from './options.ts';
import type { MatrixSet } from './sets.ts';

/** What a set came to; `result` is null when the run ended without one. */
export interface SetRun {
  readonly set: MatrixSet;
  readonly result: Result | null;
}

const PROGRAM = join(import.meta.dirname, '../run.ts');

const running = new Set<ChildProcess>();

/** For those who have no time left: the runs end what they have started. */
export const endRuns = (): void => running.forEach((child) => void child.kill('SIGTERM'));

const fileOf = ({ name, workload, seed }: MatrixSet, { folder, minutes }: MatrixOptions, extension: string): string =>
  join(folder, `${name}-${workload}-${seed}-${minutes}min.${extension}`);

/** The result of an earlier run; null when there is none. */
export const earlierResult = (set: MatrixSet, options: MatrixOptions): Result | null => {
  try {
    return JSON.parse(readFileSync(fileOf(set, options, 'json'), 'utf8')) as Result;
  } catch {
    return null;
  }
};

const argumentsOf = (
  { faults, workload, inventory, isCluster, servers, partitions, seed }: MatrixSet,
  minutes: number,
): readonly string[] => {
  const list = typeof faults === 'string' ? faults : faults.join(',');
  return [
    '--seed',
    String(seed),
    '--workload',
    workload,
    '--inventory',
    inventory,
    ...(isCluster ? ['--cluster'] : []),
    '--servers',
    String(servers),
    '--partitions',
    String(partitions),
    '--faults',
    list,
    '--minutes',
    String(minutes),
  ];
};

/** Runs one set in a process of its own; its output goes into a log beside the result. */
export const runSet = async (set: MatrixSet, options: MatrixOptions): Promise<SetRun> => {
  const log = openSync(fileOf(set, options, 'log'), 'w');
  const args = [PROGRAM, ...argumentsOf(set, options.minutes), '--json', fileOf(set, options, 'json')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  running.add(child);
  await new Promise<void>((settle) => child.once('exit', () => settle()).once('error', () => settle()));
  running.delete(child);
  return { set, result: earlierResult(set, options) };
};
