import { readFileSync } from 'node:fs';

const STEAL = 7;
/** The fields after it count guests, whose time is in the first two already. */
const COUNTED = 8;

const read = (): { readonly stolen: number; readonly all: number } => {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
  const ticks = line
    .split(/\s+/)
    .slice(1, 1 + COUNTED)
    .map(Number);
  return { stolen: ticks[STEAL] ?? 0, all: ticks.reduce((sum, each) => sum + each, 0) };
};

/** Starts looking; the returned function tells the share of this machine's time, 0 to 1, that its host took since. */
export const meterSteal = (): (() => number) => {
  const before = read();
  return () => {
    const { stolen, all } = read();
    return all === before.all ? 0 : (stolen - before.stolen) / (all - before.all);
  };
};
