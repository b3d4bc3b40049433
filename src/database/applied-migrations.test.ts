import { describe, expect, it } from 'vitest';
import { goesOnWith } from './applied-migrations.ts';

describe('a version of panier', () => {
  it.each([
    ['0031-since-0.1-notes', '0.1.0'],
    ['0031-since-0.1-notes', '0.1.7'],
    ['0031-since-0.1-notes', '0.2.0'],
    ['0031-since-0.9-notes', '1.0.0'],
    ['0031-since-0.9-notes', '0.10.0'],
  ])('goes on with the tables of %s, if it is %s', (migration, version) =>
    expect(goesOnWith(migration, version)).toBe(true),
  );

  it.each([
    ['0031-since-0.2-notes', '0.1.9'],
    ['0031-since-1.0-notes', '0.9.0'],
    ['0031-notes', '0.1.0'],
    ['0031-notes-since-0.1-', '0.1.0'],
    ['9999-future', '99.0.0'],
  ])('does not go on with those of %s, if it is %s', (migration, version) =>
    expect(goesOnWith(migration, version)).toBe(false),
  );
});
