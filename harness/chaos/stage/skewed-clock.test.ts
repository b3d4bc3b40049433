import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { clockArguments } from './clock.ts';

const HOUR_MS = 3_600_000;
const PROGRAM = `
  const monotonic = performance.now();
  const times = [Date.now(), new Date().getTime(), Date.parse(Date()), performance.timeOrigin];
  const given = new Date(5);
  console.log(JSON.stringify({ times, given: given.getTime(), isDate: given instanceof Date, same: given.constructor === Date, monotonic }));
`;

interface Told {
  readonly times: readonly number[];
  readonly given: number;
  readonly isDate: boolean;
  readonly same: boolean;
  readonly monotonic: number;
}

const run = (skewMs: number): Told =>
  JSON.parse(execFileSync(process.execPath, [...clockArguments(skewMs), '-e', PROGRAM], { encoding: 'utf8' })) as Told;

describe('a process with a wrong clock', () => {
  it.each([HOUR_MS, -HOUR_MS])('is wrong by %i ms in all that tells the time of day', (skewMs) => {
    const { times } = run(skewMs);
    for (const time of times) expect(Math.abs(time - Date.now() - skewMs)).toBeLessThan(60_000);
  });

  it('keeps its monotonic clock and the dates that it is given', () => {
    const { monotonic, ...rest } = run(HOUR_MS);
    expect(monotonic).toBeLessThan(60_000);
    expect(rest).toMatchObject({ given: 5, isDate: true, same: true });
  });

  it('is loaded with nothing when its clock is right', () => {
    expect(clockArguments(0)).toEqual([]);
  });
});
