/** What may be chosen, in seconds: ten seconds to a day. */
export const THRESHOLDS = [10, 60, 300, 900, 3_600, 86_400] as const;
const USUAL = 60;
const MOST = 2_147_483_647;

/** How long nothing has to have happened, as the address says it; what is no whole number of seconds is the usual. */
export const readThreshold = (given: string | null): number => {
  if (given === null || !/^\d{1,10}$/.test(given)) return USUAL;
  return Math.min(Number(given), MOST);
};

/** In words: "5 minutes". */
export const thresholdIn = (seconds: number, language: string): string => {
  const [amount, unit] = ([86_400, 3_600, 60] as const)
    .filter((each) => seconds >= each && seconds % each === 0)
    .map((each) => [seconds / each, ({ 86400: 'day', 3600: 'hour', 60: 'minute' } as const)[each]] as const)[0] ?? [
    seconds,
    'second',
  ];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
};
