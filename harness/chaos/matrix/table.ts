import { duration, verdictOf } from '../report/index.ts';
import type { SetRun } from './run-set.ts';

const HEAD = [
  'set',
  'workload',
  'seed',
  'min',
  'ok',
  'rejected',
  'failed',
  'unknown',
  'faults',
  'events',
  'twice',
  'claims',
  'compensations',
  'recovery p50',
  'max',
  'violations',
  'verdict',
];

const rowOf = ({ set: { name, workload, seed }, result }: SetRun): readonly (string | number)[] => {
  if (result === null) return [name, workload, seed, ...HEAD.slice(4).map(() => ''), 'no result: see its log'];
  const { minutes, operations, struck, events, deliveredTwice, claims, compensations, recoveryMs } = result;
  const { ok, rejected, failed, unknown } = operations;
  const operation = [ok, rejected, failed, unknown];
  const stress = [struck.length, events, deliveredTwice, claims, compensations];
  const recovery = [duration(recoveryMs.p50), duration(recoveryMs.max)];
  return [
    name,
    workload,
    seed,
    minutes,
    ...operation,
    ...stress,
    ...recovery,
    result.violations.length,
    verdictOf(result),
  ];
};

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** All sets in one table of Markdown. */
export const matrixTable = (runs: readonly SetRun[]): string =>
  [line(HEAD), line(HEAD.map(() => '---')), ...runs.map((run) => line(rowOf(run)))].join('\n');
