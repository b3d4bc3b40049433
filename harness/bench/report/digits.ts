/** A figure with as many digits as it is worth. */
export const digits = (value: number): string => {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(value >= 10 ? 1 : 2);
};
