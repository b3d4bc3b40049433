import type { Gauge } from 'prom-client';

/** Shows a reading; what is null is absent, for a number that nobody knows is not 0. */
export type Show<T> = (reading: T | null) => void;

export const setOrRemove = (gauge: Gauge, value: number | null): void => {
  if (value === null) gauge.remove();
  else gauge.set(value);
};
