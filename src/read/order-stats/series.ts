import { type Ending, HAPPENINGS, type Happening } from './tables.ts';
import { BUCKETS, TOOK_BUCKETS } from './windows.ts';

/** What is counted in buckets of one length: that something happened, or also how long after the checkout that was. */
export interface Series {
  readonly name: string;
  readonly what: 'count' | 'took';
  readonly lengthMs: number;
  /** Until no window shows a bucket any more. */
  readonly keptMs: number;
}

/** `count`: that it happened; `took`: how long after the checkout. */
export const seriesOf = (what: Series['what'], happening: Happening, seconds: number): string =>
  `${what} ${happening} ${seconds}`;

const counts = (happening: Happening): readonly Series[] =>
  BUCKETS.map(({ seconds, keptSeconds }) => ({
    name: seriesOf('count', happening, seconds),
    what: 'count',
    lengthMs: seconds * 1_000,
    keptMs: keptSeconds * 1_000,
  }));

const durations = (ending: Ending): readonly Series[] =>
  TOOK_BUCKETS.map(({ seconds, keptSeconds }) => ({
    name: seriesOf('took', ending, seconds),
    what: 'took',
    lengthMs: seconds * 1_000,
    keptMs: keptSeconds * 1_000,
  }));

const both = (ending: Ending): readonly Series[] => [...counts(ending), ...durations(ending)];

/** By what happens, all series in which that is counted. */
export const SERIES: Readonly<Record<Happening, readonly Series[]>> = {
  CREATED: counts('CREATED'),
  CONFIRMED: both('CONFIRMED'),
  REJECTED: both('REJECTED'),
  CANCELLED: both('CANCELLED'),
};

export const ALL_SERIES: readonly Series[] = HAPPENINGS.flatMap((happening) => SERIES[happening]);

/** When the bucket begins that an instant is in; both in milliseconds. */
export const bucketAt = (atMs: number, lengthMs: number): number => Math.floor(atMs / lengthMs) * lengthMs;
