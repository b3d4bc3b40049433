import { CombinedError } from '@urql/core';
import { useEffect, useEffectEvent, useReducer, useRef } from 'react';
import { type Batcher, type Changed, openBatcher } from './batcher.ts';
import { beginning, type LiveListState, nextList, PAGE_SIZE, waitingIn } from './list-reducer.ts';
import type { Compare, ListPage } from './list-state.ts';

const EVERY_MS = 250;
/** So many things the API tells of at once. */
const AT_ONCE = 100;

/** Where a list comes from. */
export interface ListSource<Row> {
  /** Of the question: another one is another list. Null: it is not to be asked yet. */
  readonly key: string | null;
  /** Rejects with urql's error. */
  readonly page: (window: { readonly first: number; readonly after: string | null }) => Promise<ListPage<Row>>;
  /** As they are now. */
  readonly rows: (ids: readonly string[]) => Promise<readonly Row[]>;
  readonly compare: Compare<Row>;
}

export interface LiveList<Row> extends LiveListState<Row> {
  /** How many are new, and wait to be shown. */
  readonly waiting: number;
  readonly show: () => void;
  readonly more: () => void;
  readonly again: () => void;
  /** To be told what may have changed. */
  readonly touch: (id: string) => void;
  /** To be told that anything may have changed. */
  readonly touchAll: () => void;
  /** To be told what things are now, where something else tells of them whole. */
  readonly put: (rows: readonly Row[]) => void;
}

const errorOf = (error: unknown): CombinedError =>
  error instanceof CombinedError ? error : new CombinedError({ networkError: new Error(String(error)) });

const chunks = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) => ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE));

/**
 * A list, page by page, that is kept true by what `touch` is told: rows change where they are, and new ones come in at the top; while
 * it `isHeld` they wait, so that nothing moves under the mouse.
 */
export const useLiveList = <Row extends { readonly id: string }>(
  source: ListSource<Row>,
  isHeld: boolean,
): LiveList<Row> => {
  const [state, dispatch] = useReducer(nextList<Row>, source.key ?? '', beginning<Row>);
  const batcher = useRef<Batcher>(null);
  const isAsking = useRef(true);
  const { key, page, compare } = source;

  const first = async (asked: string): Promise<void> => {
    dispatch({ kind: 'Asked', key: asked });
    try {
      dispatch({ kind: 'First', key: asked, page: await page({ first: PAGE_SIZE, after: null }) });
    } catch (error) {
      dispatch({ kind: 'Failed', key: asked, error: errorOf(error) });
    }
  };
  const start = useEffectEvent(first);
  const ask = useEffectEvent(async (changed: Changed) => {
    if (key === null) return;
    if (state.list === null) {
      await first(key);
      return;
    }
    const shown = state.list.edges.map(({ node }) => node.id);
    const touched = changed === 'all' ? shown : shown.filter((id) => changed.has(id));
    const hasOthers = changed === 'all' || changed.size > touched.length;
    const [rows, head] = await Promise.all([
      Promise.all(chunks(touched).map((ids) => source.rows(ids))),
      hasOthers ? page({ first: Math.min(AT_ONCE, Math.max(PAGE_SIZE, shown.length)), after: null }) : null,
    ]);
    dispatch({ kind: 'Rows', rows: rows.flat() });
    if (head !== null) dispatch({ kind: 'Head', key, page: head, isHeld, compare });
  });
  useEffect(() => {
    if (key !== null) void start(key);
  }, [key]);
  useEffect(() => {
    // What changes while the list is asked for may not be in the answer: it is asked for behind it.
    const isResting = (): boolean => document.hidden || isAsking.current;
    const opened = openBatcher({ everyMs: EVERY_MS, isResting, ask: (changed) => ask(changed) });
    batcher.current = opened;
    document.addEventListener('visibilitychange', opened.wake);
    return () => {
      document.removeEventListener('visibilitychange', opened.wake);
      opened.close();
    };
  }, []);
  const show = (): void => dispatch({ kind: 'Show', compare });
  const release = useEffectEvent(show);
  useEffect(() => {
    if (!isHeld) release();
  }, [isHeld]);
  useEffect(() => {
    isAsking.current = state.isAsking;
    if (!state.isAsking) batcher.current?.wake();
  }, [state.isAsking]);

  const more = async (): Promise<void> => {
    if (key === null || state.list === null || state.isAskingMore) return;
    dispatch({ kind: 'AskedMore' });
    try {
      const after = state.list.edges.at(-1)?.cursor ?? null;
      dispatch({ kind: 'More', key, after, page: await page({ first: PAGE_SIZE, after }) });
    } catch (error) {
      dispatch({ kind: 'Failed', key, error: errorOf(error) });
    }
  };
  return {
    ...state,
    waiting: waitingIn(state),
    show,
    more: () => void more(),
    again: () => void (key !== null && first(key)),
    touch: (id) => batcher.current?.add(id),
    put: (rows) => dispatch({ kind: 'Rows', rows }),
    touchAll: () => batcher.current?.addAll(),
  };
};
