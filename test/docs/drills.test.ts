import { describe, expect, it } from 'vitest';
import { DRILLS } from '../../harness/drills/catalogue.ts';
import { documentAt, documentFrom } from './markdown.ts';

const PAGE = 'docs/operations.md';
const HEADING = "## An operator's day";

/** Each procedure of an operator's day, as a link would name it, with the drills that it says try it. */
const procedures = (): readonly (readonly [procedure: string, drills: readonly string[]])[] => {
  const [, behind = ''] = documentAt(PAGE).text.split(`\n${HEADING}\n`);
  const [chapter = ''] = behind.split(/^## /m);
  const sections = chapter.split(/^(?=### )/m).slice(1);
  return sections.map((section) => {
    const [anchor = ''] = documentFrom(PAGE, section).anchors;
    const [, names = ''] = /Tried by `npm run drills -- ([^`]+)`/.exec(section) ?? [];
    return [`${PAGE}#${anchor}`, names.split(' ').filter((name) => name !== '')];
  });
};

describe("an operator's day", () => {
  it('has procedures, each of which names the drill that tries it', () => {
    expect(procedures().length).toBeGreaterThan(0);
    expect(procedures().filter(([, drills]) => drills.length === 0)).toEqual([]);
  });

  it('names every drill, where the drill says that its procedure is', () => {
    const named = procedures().flatMap(([procedure, drills]) => drills.map((name) => `${procedure} ${name}`));
    expect(named).toEqual(DRILLS.map(({ procedure, name }) => `${procedure} ${name}`));
  });
});
