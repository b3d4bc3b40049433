import { BINS, binOf } from './bins.ts';
import type { Changed } from './counts.ts';
import { type Happened, happenedTo, without } from './happened.ts';
import { ALL_SERIES, bucketAt, SERIES, type Series } from './series.ts';
import type { OrderTally } from './tables.ts';

/** Where each series begins that is kept, by a clock, in milliseconds. */
export type Horizons = ReadonlyMap<Series, number>;

export const horizonsAt = (clockMs: number): Horizons =>
  new Map(ALL_SERIES.map((series) => [series, bucketAt(clockMs - series.keptMs, series.lengthMs)]));

/** Sums by series, then by bucket and bin as one number: what every order comes through makes no object for each. */
class Sums {
  readonly #horizons: Horizons;
  readonly #sums = new Map<Series, Map<number, number>>();

  constructor(horizons: Horizons) {
    this.#horizons = horizons;
  }

  add({ what, atMs, tookMs }: Happened, orders: number): void {
    const bin = what === 'CREATED' ? 0 : binOf(tookMs);
    for (const series of SERIES[what]) {
      const bucket = Math.floor(atMs / series.lengthMs);
      // What is too old was taken out, or will never be there.
      if (bucket * series.lengthMs < (this.#horizons.get(series) ?? 0)) continue;
      const place = bucket * BINS + (series.what === 'took' ? bin : 0);
      const sums = this.#sums.get(series) ?? new Map<number, number>();
      this.#sums.set(series, sums.set(place, (sums.get(place) ?? 0) + orders));
    }
  }

  /** Those that anything is added to in the end. */
  tallies(): readonly OrderTally[] {
    return [...this.#sums].flatMap(([{ name, lengthMs }, sums]) =>
      [...sums].flatMap(([place, orders]) => {
        const at = new Date(Math.floor(place / BINS) * lengthMs).toISOString();
        return orders === 0 ? [] : [{ series: name, at, bin: place % BINS, orders }];
      }),
    );
  }
}

/** What to add to the buckets that are kept. */
export const tallyChanges = (orders: readonly Changed[], horizons: Horizons): readonly OrderTally[] => {
  const sums = new Sums(horizons);
  for (const { before, after } of orders) {
    const [then, now] = [before === undefined ? [] : happenedTo(before), happenedTo(after)];
    for (const each of without(then, now)) sums.add(each, -1);
    for (const each of without(now, then)) sums.add(each, 1);
  }
  return sums.tallies();
};
