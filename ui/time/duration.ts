const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface Measure {
  readonly unit: 'day' | 'hour' | 'minute' | 'second' | 'millisecond';
  readonly ms: number;
  readonly digits: number;
}

const MEASURES: readonly Measure[] = [
  { unit: 'day', ms: DAY_MS, digits: 1 },
  { unit: 'hour', ms: HOUR_MS, digits: 1 },
  { unit: 'minute', ms: MINUTE_MS, digits: 1 },
  { unit: 'second', ms: SECOND_MS, digits: 1 },
];
const SHORTEST: Measure = { unit: 'millisecond', ms: 1, digits: 0 };

/** How long that is, in the unit that suits it: "340 ms", "1.2 sec", "3.5 min". */
export const durationIn = (ms: number, language: string): string => {
  const { unit, ms: one, digits } = MEASURES.find((each) => ms >= each.ms) ?? SHORTEST;
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language, format).format(ms / one);
};
