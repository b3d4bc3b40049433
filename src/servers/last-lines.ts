import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const MAX_BYTES = 16_384;
const MAX_LINES = 10;

const openOrNothing = (path: string): number | null => {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
};

/** The last lines of a log, however long that is: ten at most, and no more than 16 KB. Empty of one that cannot be read. */
export const lastLinesOf = (path: string): string => {
  const descriptor = openOrNothing(path);
  if (descriptor === null) return '';
  try {
    const { size } = fstatSync(descriptor);
    const end = Buffer.alloc(Math.min(size, MAX_BYTES));
    readSync(descriptor, end, 0, end.length, size - end.length);
    return end.toString().trim().split('\n').slice(-MAX_LINES).join('\n');
  } finally {
    closeSync(descriptor);
  }
};
