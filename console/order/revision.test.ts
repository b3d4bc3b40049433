import { expect, it } from 'vitest';
import { readRevision } from './revision.ts';

it.each([
  ['', null],
  ['1', 1],
  ['4', 4],
  ['5', null],
  ['6', null],
  ['0', null],
  ['-1', null],
  ['1e0', null],
  ['02', null],
  ['9999999999', null],
])('of five revisions, the address %j shows %j', (given, revision) => {
  expect(readRevision(given, 5)).toBe(revision);
});
