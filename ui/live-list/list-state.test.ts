import { describe, expect, it } from 'vitest';
import { cutTo, type ListPage, newIn, withHead, withMore, withRows } from './list-state.ts';

interface Row {
  readonly id: string;
  readonly at: number;
  readonly status?: string;
}

const NEWEST_FIRST = (one: Row, other: Row): number => other.at - one.at;

const page = (ats: readonly number[], hasMore = true): ListPage<Row> => ({
  edges: ats.map((at) => ({ cursor: `c${at}`, node: { id: `id_${at}`, at } })),
  hasMore,
});

const atsOf = ({ edges }: ListPage<Row>): readonly number[] => edges.map(({ node }) => node.at);

describe('a live list', () => {
  it('takes what is new in at its place', () => {
    const list = withHead(page([8, 6, 5, 4]), page([9, 8, 7, 6]), NEWEST_FIRST);
    expect(atsOf(list)).toEqual([9, 8, 7, 6, 5, 4]);
    expect(list.hasMore).toBe(true);
  });

  it('begins anew where others may lie between', () => {
    expect(atsOf(withHead(page([3, 2, 1], false), page([9, 8, 7]), NEWEST_FIRST))).toEqual([9, 8, 7]);
  });

  it('goes on where the first page, which is all of it, has come to do so', () => {
    expect(withHead(page([3, 2, 1], false), page([4, 3, 2, 1], true), NEWEST_FIRST).hasMore).toBe(true);
    expect(withHead(page([4, 3, 2, 1], true), page([4, 3], false), NEWEST_FIRST).hasMore).toBe(true);
  });

  it('keeps what it has when the first page is all there is', () => {
    expect(atsOf(withHead(page([3, 2]), page([9], false), NEWEST_FIRST))).toEqual([9, 3, 2]);
  });

  it('takes an empty list for the first page', () => {
    expect(withHead(page([], false), page([2, 1]), NEWEST_FIRST)).toEqual(page([2, 1]));
  });

  it('knows what is new', () => {
    expect(newIn(page([2, 1]), page([3, 2])).map(({ node }) => node.at)).toEqual([3]);
  });

  it('goes on behind its end, with nothing twice', () => {
    expect(withMore(page([4, 3]), page([3, 2, 1], false))).toEqual(page([4, 3, 2, 1], false));
  });

  it('changes a row where it stands', () => {
    const { edges } = withRows(page([3, 2, 1]), [{ id: 'id_2', at: 9, status: 'CONFIRMED' }]);
    expect(edges.map(({ node }) => node.status)).toEqual([undefined, 'CONFIRMED', undefined]);
    expect(edges[1]?.cursor).toBe('c2');
  });

  it('is cut to a length, and then goes on behind it', () => {
    expect(cutTo(page([3, 2, 1], false), 2)).toEqual(page([3, 2], true));
    expect(cutTo(page([2, 1], false), 2)).toEqual(page([2, 1], false));
  });
});
