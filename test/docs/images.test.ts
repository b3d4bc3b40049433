import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PICTURES, picturesOf } from '../browser/screenshots/pictures.ts';

const MAX_BYTES = 60_000;
const MAX_BYTES_TOGETHER = 1_500_000;

const there = readdirSync(PICTURES).map((name) => `${PICTURES}/${name}`);
const expected = [...picturesOf('console'), ...picturesOf('shop')].map(({ file }) => file);
const bytesOf = (file: string): number => statSync(file).size;

/** Documents show pictures by their path from where they stand. */
const shown = (['console.md', 'shop.md'] as const).flatMap((name) =>
  [...readFileSync(`docs/${name}`, 'utf8').matchAll(/"(images\/[^"]+)"/g)].map(([, path]) => `docs/${path}`),
);

describe('docs/images', () => {
  it('has each page in both themes, and nothing else: `npm run screenshots` makes them', () => {
    expect(there.toSorted()).toEqual(expected.toSorted());
  });

  it('is shown, all of it', () => {
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });

  it('is light', () => {
    expect(there.filter((file) => bytesOf(file) > MAX_BYTES)).toEqual([]);
    expect(there.reduce((sum, file) => sum + bytesOf(file), 0)).toBeLessThan(MAX_BYTES_TOGETHER);
  });
});
