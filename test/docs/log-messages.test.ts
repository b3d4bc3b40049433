import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesIn, documentAt, tableUnder } from './markdown.ts';

const src = resolve(import.meta.dirname, '../../src');

/** A call of a logger, by its level or by one that is computed; up to its arguments. */
const CALL = /[lL]ogger(?:\.(fatal|error|warn|info|debug|trace)|\[level\])\(/g;

interface Told {
  readonly file: string;
  readonly level: string;
  /** As it stands in the source. */
  readonly message: string;
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']', "'": "'", '`': '`' };

/** What stands between the parenthesis before `from` and the one that closes it, cut at the commas of its own. */
const argumentsAt = (text: string, from: number): readonly string[] => {
  const waiting = [')'];
  const found: string[] = [];
  let begin = from;
  for (let at = from; waiting.length > 0; at += 1) {
    const letter = text[at] ?? '';
    const isInText = waiting.at(-1) === "'" || waiting.at(-1) === '`';
    if (letter === waiting.at(-1)) waiting.pop();
    else if (!isInText && CLOSES[letter] !== undefined) waiting.push(CLOSES[letter]);
    const isCut = !isInText && letter === ',' && waiting.length === 1;
    if (isCut || waiting.length === 0) {
      found.push(text.slice(begin, at).trim());
      begin = at + 1;
    }
  }
  return found.filter((each) => each !== '');
};

/** A level that is computed is at most a warning. */
const toldIn = (file: string): readonly Told[] => {
  const text = readFileSync(resolve(src, file), 'utf8');
  return [...text.matchAll(CALL)].map((call) => {
    const message = argumentsAt(text, call.index + call[0].length).at(-1) ?? '';
    return { file, level: call[1] ?? 'warn', message };
  });
};

/** The line of a call to an inventory elsewhere is its request line, as the demo shows it; there is one, and it is counted here. */
const REQUEST_LINE = { file: 'saga/remote/http-inventory.ts', message: '`PUT ${url} ${came}`' };

const files = globSync('**/*.ts', { cwd: src }).filter(
  (file) => !/\.(?:test|fixture)\.ts$|(?:^|\/)testing\//.test(file),
);
const all = files.flatMap(toldIn);
const isRequestLine = ({ file, message }: Told): boolean =>
  file === REQUEST_LINE.file && message === REQUEST_LINE.message;
const told = all.filter((each) => !isRequestLine(each));

describe('the log', () => {
  it('has messages that are the same each time: what they are about stands beside them', () => {
    expect(told.length).toBeGreaterThan(60);
    expect(all.length - told.length).toBe(1);
    expect(told.filter(({ message }) => !/^'[^']+'$/.test(message))).toEqual([]);
  });

  it('says in the documentation what each line of information, or worse, means, and no other', () => {
    const ofCode = told
      .filter(({ level }) => level !== 'debug' && level !== 'trace')
      .map(({ level, message }) => `${level} ${message.slice(1, -1)}`);
    const rows = tableUnder(documentAt('docs/logs.md'), '## Lines');
    const ofTable = rows.flatMap(([level = '', message]) => codesIn(message).map((each) => `${level} ${each}`));
    expect(ofTable.toSorted()).toEqual([...new Set(ofCode)].toSorted());
  });
});
