import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowsOf, STATES, type State } from './states.ts';

const ROOT = join(import.meta.dirname, '../..');
const ALL: readonly State[] = Object.values(STATES);
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('the page on what is not ours', () => {
  it('has every state, and no other, as the tests have it', () => {
    const [, section = ''] = /^## What is not ours\n(.*?)^## /ms.exec(textOf('docs/reliability.md')) ?? [];
    const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toEqual(rowsOf(ALL));
  });

  it.each(ALL)('names a test that there is: $state', ({ file, test }) => {
    expect(textOf(file)).toContain(test);
  });
});
