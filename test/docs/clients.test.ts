import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentAt } from './markdown.ts';

const CODE = 'test/clients/*.ts';

it('shows of every client the code that is tried, and no other', () => {
  const shown = documentAt('docs/clients.md').blocks.filter(({ language }) => language === 'ts');
  const tried = globSync(CODE).map((path) => readFileSync(path, 'utf8'));
  expect(shown.map(({ text }) => text).toSorted()).toEqual(tried.toSorted());
});
