import { describe } from 'vitest';
import { findPrometheus, type Prometheus } from '../../harness/observe/find-prometheus.ts';

const find = async (): Promise<Prometheus | null> => {
  const found = await findPrometheus((line) => console.log(line));
  if (!('reason' in found)) return found;
  if (process.env['CI'] !== undefined) throw new Error(found.reason);
  console.warn(`\n${found.reason}\nThe tests that need it are left out.\n`);
  return null;
};

const prometheus = await find();

/** Tests that need Prometheus: left out where nobody can give the machine one, and it is said so; in CI they may not be. */
export const withPrometheus = prometheus === null ? describe.skip : describe;

/** For tests of {@link withPrometheus}. */
export const prometheusHere = (): Prometheus => {
  if (prometheus === null) throw new Error('There is no Prometheus: use this in tests of withPrometheus.');
  return prometheus;
};
