/** A stretch of time up to now, and how finely it is shown. */
export interface StatsWindow {
  /** Of what happened: so long is each bucket, and so many of them are shown. */
  readonly bucketSeconds: number;
  readonly buckets: number;
  /** Of how long orders took: counted over stretches of this length, the first of which begins no later than the window. */
  readonly tookSeconds: number;
}

/** By name. What a page draws is some three hundred points, and how long orders took is off by a thirtieth of the window. */
export const WINDOWS = {
  FIVE_MINUTES: { bucketSeconds: 1, buckets: 300, tookSeconds: 10 },
  HOUR: { bucketSeconds: 10, buckets: 360, tookSeconds: 120 },
  DAY: { bucketSeconds: 300, buckets: 288, tookSeconds: 3_600 },
} as const satisfies Readonly<Record<string, StatsWindow>>;

export type StatsWindowName = keyof typeof WINDOWS;

const lengthOf = ({ bucketSeconds, buckets }: StatsWindow): number => bucketSeconds * buckets;

/** Buckets of one length, and for how long they are kept: until no window shows them any more. */
interface Kept {
  readonly seconds: number;
  readonly keptSeconds: number;
}

const ALL: readonly StatsWindow[] = Object.values(WINDOWS);

export const BUCKETS: readonly Kept[] = ALL.map((window) => ({
  seconds: window.bucketSeconds,
  keptSeconds: lengthOf(window),
}));

export const TOOK_BUCKETS: readonly Kept[] = ALL.map((window) => ({
  seconds: window.tookSeconds,
  keptSeconds: lengthOf(window) + window.tookSeconds,
}));
