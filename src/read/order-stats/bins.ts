/** Each doubling has so many bins of equal width: a power of two. Below twice as many milliseconds each has a bin of its own. */
const BINS_A_DOUBLING = 16;
const LOG2_OF_BINS = Math.log2(BINS_A_DOUBLING);
/** Some 25 days; whatever took longer is counted as that. */
const MAX_MS = 2 ** 31 - 1;

/** More than any bin is. */
export const BINS = 1_024;

/** How often a duration is halved until it is below twice the bins of a doubling. */
const halvingsOf = (ms: number): number => Math.max(0, 31 - Math.clz32(ms) - LOG2_OF_BINS);

/**
 * The bin of a duration in a log-linear histogram, as HdrHistogram has them: what a bin is read as is at most 4 % off, and
 * the bins of several histograms add up.
 */
export const binOf = (ms: number): number => {
  const whole = Math.max(0, Math.min(MAX_MS, Math.floor(ms)));
  const halvings = halvingsOf(whole);
  return halvings * BINS_A_DOUBLING + (whole >> halvings);
};

/** What a bin is read as: between its bounds, equally far off, relatively, from each. */
const msOf = (bin: number): number => {
  if (bin < 2 * BINS_A_DOUBLING) return bin;
  const halvings = Math.floor(bin / BINS_A_DOUBLING) - 1;
  const lower = (bin - halvings * BINS_A_DOUBLING) * 2 ** halvings;
  const upper = lower + 2 ** halvings;
  return Math.round((2 * lower * upper) / (lower + upper));
};

/** How many durations are in each bin. */
export type Histogram = ReadonlyMap<number, number>;

export const countIn = (histogram: Histogram): number => [...histogram.values()].reduce((sum, count) => sum + count, 0);

/** The duration, in milliseconds, within which this share of them were; 0 when there were none. */
export const quantileOf = (histogram: Histogram, share: number): number => {
  const rank = Math.max(1, Math.ceil(share * countIn(histogram)));
  let passed = 0;
  for (const [bin, count] of [...histogram].toSorted(([one], [other]) => one - other)) {
    passed += count;
    if (passed >= rank) return msOf(bin);
  }
  return 0;
};
