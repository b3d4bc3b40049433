export interface ClosedLoop {
  /** Operations under way at any time. */
  readonly inFlight: number;
  readonly seconds: number;
  readonly operate: () => Promise<void>;
}

/** Each of `inFlight` clients starts its next operation when the last one ended. Returns how many ended, and in which time. */
export const runClosedLoop = async ({
  inFlight,
  seconds,
  operate,
}: ClosedLoop): Promise<{ readonly operations: number; readonly seconds: number }> => {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  let operations = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      await operate();
      operations += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, client));
  return { operations, seconds: (performance.now() - startedAt) / 1_000 };
};
