import type { CombinedError } from '@urql/core';
import { assertNever } from '../assert-never.ts';
import { type Compare, cutTo, type ListPage, newIn, withHead, withMore, withRows } from './list-state.ts';

export const PAGE_SIZE = 25;

/** What a list shows, and what it waits with. */
export interface LiveListState<Row> {
  /** Which question it answers. */
  readonly key: string;
  /** Null before the first answer. */
  readonly list: ListPage<Row> | null;
  /** Which question the rows answer: the one before, until this one is answered. Null: there are none. */
  readonly listKey: string | null;
  /** The first page as it is now, where it is not to be shown yet. */
  readonly head: ListPage<Row> | null;
  readonly isAsking: boolean;
  readonly isAskingMore: boolean;
  readonly error: CombinedError | null;
  /** How many rows somebody asked to see. */
  readonly length: number;
}

interface Answered<Row> {
  readonly key: string;
  readonly page: ListPage<Row>;
}

export type ListAction<Row> =
  | { readonly kind: 'Asked'; readonly key: string }
  | ({ readonly kind: 'First' } & Answered<Row>)
  | { readonly kind: 'AskedMore' }
  /** `after`: behind which cursor. */
  | ({ readonly kind: 'More'; readonly after: string | null } & Answered<Row>)
  | ({ readonly kind: 'Head'; readonly isHeld: boolean; readonly compare: Compare<Row> } & Answered<Row>)
  | { readonly kind: 'Rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'Show'; readonly compare: Compare<Row> }
  | { readonly kind: 'Failed'; readonly key: string; readonly error: CombinedError };

interface Identified {
  readonly id: string;
}

export const beginning = <Row>(key: string): LiveListState<Row> => ({
  key,
  list: null,
  listKey: null,
  head: null,
  isAsking: true,
  isAskingMore: false,
  error: null,
  length: PAGE_SIZE,
});

const taken = <Row extends Identified>(
  state: LiveListState<Row>,
  { head, compare }: { readonly head: ListPage<Row>; readonly compare: Compare<Row> },
): LiveListState<Row> => {
  if (state.list === null) return state;
  const list = withHead(state.list, head, compare);
  // More is asked for behind its end: cut off, what comes would not fit.
  return { ...state, head: null, list: state.isAskingMore ? list : cutTo(list, state.length) };
};

const asked = <Row>(state: LiveListState<Row>, key: string): LiveListState<Row> => {
  const { list, listKey } = state;
  // What was shown stays until there is something else: as long as it is, where the same is asked again and may fail.
  return { ...beginning(key), list, listKey, length: listKey === key ? state.length : PAGE_SIZE };
};

const failed = <Row>(state: LiveListState<Row>, error: CombinedError): LiveListState<Row> => {
  const ended = { ...state, isAsking: false, isAskingMore: false, error };
  // The rows of another question are no answer to this one, and what comes in is not to be put among them.
  return state.listKey === state.key ? ended : { ...ended, list: null, listKey: null };
};

const answered = <Row extends Identified>(
  state: LiveListState<Row>,
  action: Extract<ListAction<Row>, { readonly key: string; readonly page: ListPage<Row> }>,
): LiveListState<Row> => {
  // Of a question that is asked no more.
  if (action.key !== state.key) return state;
  const { page } = action;
  if (action.kind === 'First') return { ...beginning(state.key), list: page, listKey: state.key, isAsking: false };
  if (state.list === null) return state;
  if (action.kind === 'Head')
    return action.isHeld ? { ...state, head: page } : taken(state, { head: page, compare: action.compare });
  // Of a list that goes on from elsewhere by now: what lies between would be missing.
  if (action.after !== (state.list.edges.at(-1)?.cursor ?? null)) return { ...state, isAskingMore: false };
  const length = Math.max(state.length, state.list.edges.length + page.edges.length);
  return { ...state, list: withMore(state.list, page), isAskingMore: false, length };
};

const withRowsNow = <Row extends Identified>(state: LiveListState<Row>, rows: readonly Row[]): LiveListState<Row> => ({
  ...state,
  list: state.list === null ? null : withRows(state.list, rows),
  head: state.head === null ? null : withRows(state.head, rows),
});

/** The next state of a list that is kept true. */
export const nextList = <Row extends Identified>(
  state: LiveListState<Row>,
  action: ListAction<Row>,
): LiveListState<Row> => {
  switch (action.kind) {
    case 'Asked':
      return asked(state, action.key);
    case 'First':
    case 'More':
    case 'Head':
      return answered(state, action);
    case 'AskedMore':
      return { ...state, isAskingMore: true, error: null };
    case 'Rows':
      return withRowsNow(state, action.rows);
    case 'Show':
      return state.head === null ? state : taken(state, { head: state.head, compare: action.compare });
    case 'Failed':
      if (action.key !== state.key) return state;
      return failed(state, action.error);
  }
  return assertNever(action);
};

/** How many wait to be shown. */
export const waitingIn = <Row extends Identified>({ list, head }: LiveListState<Row>): number =>
  list === null || head === null ? 0 : newIn(list, head).length;
