import { describe, expect, it } from 'vitest';
import { areLater, versionsOf } from './versions.ts';

const MINE = [
  { name: 'cart', version: 4 },
  { name: 'order', version: 7 },
];
const noted = (...projections: readonly (readonly [name: string, version: number])[]): string =>
  versionsOf(projections.map(([name, version]) => ({ name, version })));

describe('the versions that read models are noted with', () => {
  it.each([
    ['one of them is later', noted(['cart', 5], ['order', 7])],
    ['there are more', noted(['cart', 4], ['hold', 1], ['order', 7])],
  ])('are later when %s', (_what, versions) => expect(areLater(versions, MINE)).toBe(true));

  it.each([
    ['they are the same', versionsOf(MINE)],
    ['one of them is earlier', noted(['cart', 3], ['order', 7])],
    ['one is missing', noted(['order', 7])],
    ['one is earlier and another is later', noted(['cart', 5], ['order', 6])],
    ['it is another text', 'whatever somebody noted'],
  ])('are not when %s', (_what, versions) => expect(areLater(versions, MINE)).toBe(false));

  it('are no later ones of whoever folds nothing', () => expect(areLater(versionsOf(MINE), [])).toBe(false));
});
