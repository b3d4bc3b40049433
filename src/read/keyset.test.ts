import { describe, expect, it } from 'vitest';
import { idPart, tokenOf } from '../events/index.ts';
import { InvalidCursor, keysetOf, pageOf } from './keyset.ts';

const cursor = tokenOf('letters:', [idPart]);
const page = (request: Parameters<typeof keysetOf>[0], found: string) =>
  pageOf(keysetOf(request, cursor), found.split(''), (node) => cursor.encode(node));

describe('a page', () => {
  it('tells by one node too many that there are more', () => {
    const forward = page({ first: 2 }, 'abc');
    expect(forward.edges.map(({ node }) => node)).toEqual(['a', 'b']);
    expect(forward).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(page({ first: 3 }, 'abc')).toMatchObject({ hasNextPage: false });
  });

  it('that was searched backward is in the order of the list', () => {
    const backward = page({ last: 2, before: cursor.encode('d') }, 'cba');
    expect(backward.edges.map(({ node }) => node)).toEqual(['b', 'c']);
    expect(backward).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('does not begin at a cursor of another list', () => {
    expect(() => page({ first: 1, after: tokenOf('words:', [idPart]).encode('d') }, '')).toThrow(InvalidCursor);
    expect(() => page({ first: 1, before: '' }, '')).toThrow(InvalidCursor);
  });
});
