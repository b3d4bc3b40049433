import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentAt } from './markdown.ts';

interface Named {
  readonly file: string;
  readonly name: string;
}

const MENTION = /`([a-z]+\/[\w./-]+\.test\.ts)`: ([^|`]+)/g;
/** Shorter pieces are in every file. */
const SHORTEST = 4;

/** The pieces of a test's name that the page has to the letter: what stands before an ellipsis, a colon or a bracket. */
const piecesOf = (names: string): readonly string[] =>
  names
    .replaceAll(/\([^)]*\)/g, '…')
    .split(/[;›]/)
    .map((name) => name.trim().replace(/^… */, '').split(/…|:/)[0]?.trim().replace(/,$/, '') ?? '')
    .filter((piece) => piece.length >= SHORTEST);

const namedIn = (text: string): readonly Named[] =>
  [...text.matchAll(MENTION)].flatMap(({ 1: file = '', 2: names = '' }) =>
    piecesOf(names).map((name) => ({ file, name })),
  );

/** Vitest puts the values of a case in the place of these. */
const PLACEHOLDER = /%[sijd]|\$[\w.]+|\$\{[^}]*\}/;
const LITERAL = /(['"`])((?:\\.|(?!\1).)+)\1/g;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isFilled = (template: string, name: string): boolean => {
  // Names are cut at their colon.
  const parts = (template.split(':')[0] ?? '').split(new RegExp(PLACEHOLDER, 'g'));
  const says = parts.join('').trim().length >= SHORTEST;
  return says && parts.length > 1 && new RegExp(`^${parts.map(escaped).join('.*')}`).test(name);
};

const hasTest = (source: string, name: string): boolean =>
  source.includes(name) || [...source.matchAll(LITERAL)].some(({ 2: template = '' }) => isFilled(template, name));

const missing = (text: string): readonly string[] =>
  namedIn(text)
    .filter(({ file, name }) => !existsSync(file) || !hasTest(readFileSync(file, 'utf8'), name))
    .map(({ file, name }) => `${file}: ${name}`);

describe('docs/reliability.md', () => {
  const { text } = documentAt('docs/reliability.md');

  it('names only tests that there are', () => {
    expect(missing(text)).toEqual([]);
    expect(namedIn(text).length).toBeGreaterThan(200);
  });
});

describe('a test that is named', () => {
  const here = 'test/docs/reliability.test.ts';

  it.each([
    [`\`${here}\`: docs/reliability.md › names only tests that there are`, []],
    [`\`${here}\`: a test that is named › is looked for: a file with cases`, []],
    ['`src/events/envelope.test.ts`: an entry › sings', ['src/events/envelope.test.ts: sings']],
    ['`test/docs/gone.test.ts`: a rule', ['test/docs/gone.test.ts: a rule']],
  ])('is looked for: %s', (text, found) => expect(missing(text)).toEqual(found));
});
