import { randomBytes } from 'node:crypto';

/** Asking for a few at a time costs twenty times as much. */
const BYTES_AT_ONCE = 4_096;

/** Random hexadecimal digits, for ids: so many at a time. */
export const openRandomDigits = (): ((count: number) => string) => {
  let digits = '';
  let at = 0;
  return (count) => {
    if (at + count > digits.length) {
      digits = randomBytes(BYTES_AT_ONCE).toString('hex');
      at = 0;
    }
    at += count;
    return digits.slice(at - count, at);
  };
};
