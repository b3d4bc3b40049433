import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Opened, topOf } from './rows.ts';

interface Rows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Their revisions. */
  readonly rows: readonly number[];
  readonly rowHeight: number;
  readonly opened: Opened | null;
}

const MOVES: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index) => index + 1,
  j: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  k: (index) => index - 1,
  Home: () => 0,
  End: (_index, last) => last,
  PageDown: (index) => index + 10,
  PageUp: (index) => index - 10,
};

const bringIntoView = (scroller: HTMLDivElement | null, top: number, rowHeight: number): void => {
  if (scroller === null) return;
  if (top < scroller.scrollTop) scroller.scrollTo({ top });
  const bottom = top + rowHeight;
  if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTo({ top: bottom - scroller.clientHeight });
};

interface FocusRow {
  /** The row at which the tabulator key stops: one of all, as in a tree or a menu. */
  readonly stop: number;
  /** Goes to a row, wherever it is. */
  readonly focus: (revision: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
}

/** The keyboard reaches every row, though only those that are seen are drawn. */
export const useFocusRow = ({ scroller, rows, rowHeight, opened }: Rows): FocusRow => {
  const [stop, setStop] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const row = document.getElementById(`step-${wanted.current}`);
    if (row === null) return;
    wanted.current = null;
    row.focus();
  });
  const focus = (revision: number): void => {
    const index = rows.indexOf(revision);
    if (index === -1) return;
    wanted.current = revision;
    setStop(revision);
    bringIntoView(scroller.current, topOf(index, { rowHeight, opened }), rowHeight);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const move = MOVES[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const index = rows.indexOf(Number(event.currentTarget.dataset['revision']));
    const last = rows.length - 1;
    const next = rows[Math.min(last, Math.max(0, move(index, last)))];
    if (next !== undefined) focus(next);
  };
  const isThere = stop !== null && rows.includes(stop);
  return { stop: isThere ? stop : (rows[0] ?? 1), focus, onKeyDown };
};
