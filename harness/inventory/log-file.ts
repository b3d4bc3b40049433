import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { Entry } from './records.ts';

/** The part of the text that ends with its last whole line: who was killed while writing left half of one. */
const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

/** An append-only file of entries. What was appended is there after a kill -9. */
export interface LogFile extends Disposable {
  /** All that it had when it was opened, oldest first. */
  readonly entries: readonly Entry[];
  readonly append: (entry: Entry) => void;
}

export const openLogFile = (path: string): LogFile => {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = wholeLines(text);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  const file = openSync(path, 'a');
  return {
    entries: whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry),
    append: (entry) => void writeSync(file, `${JSON.stringify(entry)}\n`),
    [Symbol.dispose]: () => closeSync(file),
  };
};
