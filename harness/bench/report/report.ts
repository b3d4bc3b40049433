import { cpus, release, totalmem } from 'node:os';
import type { RowResult } from '../measure/index.ts';
import type { Options } from '../options.ts';

const GIBIBYTE = 2 ** 30;

export interface Report {
  readonly at: Date;
  readonly machine: string;
  readonly options: Options;
  readonly results: readonly RowResult[];
}

/** Processors, memory and versions; no name of the machine. */
export const describeMachine = (): string => {
  const processors = cpus();
  const model = processors[0]?.model ?? 'unknown';
  const memory = Math.round(totalmem() / GIBIBYTE);
  return `${processors.length} × ${model}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}`;
};
