const SECOND_MS = 1_000;
const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: SECOND_MS },
] as const;

/** How far an instant is from now, in words: "3 minutes ago", "in 2 hours". Both in milliseconds since the epoch. */
export const relative = (atMs: number, nowMs: number, language: string): string => {
  const deltaMs = atMs - nowMs;
  const { unit, ms } = UNITS.find((each) => Math.abs(deltaMs) >= each.ms) ?? { unit: 'second', ms: SECOND_MS };
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(deltaMs / ms), unit);
};
