import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentAt, documents, tableUnder } from './markdown.ts';

const decisions = documents().filter(({ path }) => /^docs\/adr\/\d/.test(path));

const numberOf = (path: string): string => basename(path).slice(0, 3);

/** What stands between the title and the first section. */
const headOf = (text: string): string =>
  text.slice(text.indexOf('\n'), text.indexOf('\n## ')).replaceAll('\n', ' ').trim();

const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/\[ADR-(\d{3})\]/g)].map(({ 1: number = '' }) => number);

describe('the list of decisions', () => {
  it('has each of them, by its title, in the order of their numbers', () => {
    const listed = tableUnder(documentAt('docs/adr/README.md'), '# Decisions').map(
      ([link, title]) => `${link} ${title}`,
    );
    const titled = decisions.map(({ path, text }) => {
      const [, title] = /^# ADR-\d{3} (.+)$/m.exec(text) ?? [];
      return `[${numberOf(path)}](${basename(path)}) ${title}`;
    });
    expect(listed).toEqual(titled);
  });
});

describe.each(decisions)('$path', ({ path, text }) => {
  it('says since when it holds, and what has amended it since', () => {
    const head = headOf(text);
    expect(text).toMatch(new RegExp(`^# ADR-${numberOf(path)} `));
    expect(head).toMatch(/^(Accepted|Superseded by \[ADR-\d{3}\]\([\w.-]+\)), 20\d\d-\d\d-\d\d\./);
    const [, amended = ''] = head.split('Amended by ');
    expect(namedIn(amended).filter((number) => number <= numberOf(path))).toEqual([]);
  });

  it('has a context, a decision, alternatives and consequences', () => {
    const sections = [...text.matchAll(/^## (.+)$/gm)].map(({ 1: section }) => section);
    expect(sections).toEqual(expect.arrayContaining(['Context', 'Decision', 'Alternatives', 'Consequences']));
  });
});
