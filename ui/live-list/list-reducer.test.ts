import { CombinedError } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { beginning, type ListAction, type LiveListState, nextList, PAGE_SIZE } from './list-reducer.ts';
import type { ListPage } from './list-state.ts';

interface Row {
  readonly id: string;
}

const page = (ids: readonly string[]): ListPage<Row> => ({
  edges: ids.map((id) => ({ cursor: `c_${id}`, node: { id } })),
  hasMore: true,
});

const after = (...actions: readonly ListAction<Row>[]): LiveListState<Row> =>
  actions.reduce((state, action) => nextList(state, action), beginning<Row>('A'));

const idsOf = ({ list }: LiveListState<Row>): readonly string[] | undefined => list?.edges.map(({ node }) => node.id);

const FIRST: ListAction<Row> = { kind: 'First', key: 'A', page: page(['a', 'b']) };
/** Of a whole page. */
const FULL = Array.from({ length: PAGE_SIZE }, (_, at) => `row_${at}`);
/** The new one, and then as they stood. */
const compare = (one: Row, other: Row): number => FULL.indexOf(one.id) - FULL.indexOf(other.id);
const error = new CombinedError({ networkError: new Error('away') });

describe('a live list that is asked', () => {
  it('shows what it had until another question is answered, and no longer when that fails', () => {
    expect(idsOf(after(FIRST, { kind: 'Asked', key: 'B' }))).toEqual(['a', 'b']);
    const failed = after(FIRST, { kind: 'Asked', key: 'B' }, { kind: 'Failed', key: 'B', error });
    expect([failed.list, failed.error]).toEqual([null, error]);
  });

  it('keeps its rows when the same question is asked again, and that fails', () => {
    const again = [
      { kind: 'Asked', key: 'A' },
      { kind: 'Failed', key: 'A', error },
    ] as const;
    expect(idsOf(after(FIRST, ...again))).toEqual(['a', 'b']);
    // Back at the question of the rows, which stayed while another one was asked.
    expect(idsOf(after(FIRST, { kind: 'Asked', key: 'B' }, ...again))).toEqual(['a', 'b']);
  });

  it('keeps its rows when those behind them cannot be read', () => {
    expect(idsOf(after(FIRST, { kind: 'AskedMore' }, { kind: 'Failed', key: 'A', error }))).toEqual(['a', 'b']);
  });

  it('takes more behind its end alone', () => {
    const more = { kind: 'More', key: 'A', page: page(['c']) } as const;
    expect(idsOf(after(FIRST, { kind: 'AskedMore' }, { ...more, after: 'c_b' }))).toEqual(['a', 'b', 'c']);
    const elsewhere = after(FIRST, { kind: 'AskedMore' }, { ...more, after: 'c_of another list' });
    expect([idsOf(elsewhere), elsewhere.isAskingMore]).toEqual([['a', 'b'], false]);
  });

  it('takes more though rows come in at the top while it is asked for', () => {
    const state = after(
      { kind: 'First', key: 'A', page: page(FULL) },
      { kind: 'AskedMore' },
      { kind: 'Head', key: 'A', page: page(['new', ...FULL.slice(0, -1)]), isHeld: false, compare },
      { kind: 'More', key: 'A', after: `c_${FULL.at(-1)}`, page: page(['more']) },
    );
    expect(idsOf(state)).toEqual(['new', ...FULL, 'more']);
    expect(state.isAskingMore).toBe(false);
  });

  it('grows by nothing else that comes in at the top', () => {
    const head = page(['new', ...FULL.slice(0, -1)]);
    const state = after(
      { kind: 'First', key: 'A', page: page(FULL) },
      { kind: 'Head', key: 'A', page: head, isHeld: false, compare },
    );
    expect(idsOf(state)).toEqual(['new', ...FULL.slice(0, -1)]);
  });
});
