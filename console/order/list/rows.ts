import type { Steps } from '../saga/steps.ts';

/** What the list shows: the revisions of the steps, ascending. Those that are not loaded yet are among them. */
export const rowsOf = (steps: Steps, hidden: ReadonlySet<number>): readonly number[] => {
  const rows: number[] = [];
  for (let revision = 1; revision <= steps.length; revision += 1) if (!hidden.has(revision)) rows.push(revision);
  return rows;
};

/** A row that is opened, and by how much that makes it higher. */
export interface Opened {
  readonly index: number;
  readonly height: number;
}

interface Window {
  readonly count: number;
  readonly rowHeight: number;
  readonly opened: Opened | null;
  readonly scrollTop: number;
  readonly viewHeight: number;
}

export interface Shown {
  /** Rows to be drawn: from, and up to without. */
  readonly from: number;
  readonly to: number;
  /** Room above and below them, in pixels. */
  readonly above: number;
  readonly below: number;
}

/** Some rows more than can be seen: who scrolls fast sees no holes. */
const OVERSCAN = 8;

/** Where a row begins, in pixels. */
export const topOf = (index: number, { rowHeight, opened }: Pick<Window, 'rowHeight' | 'opened'>): number =>
  index * rowHeight + (opened !== null && index > opened.index ? opened.height : 0);

const rowAt = (y: number, window: Window): number => {
  const { opened, rowHeight } = window;
  if (opened === null || y < (opened.index + 1) * rowHeight) return Math.floor(y / rowHeight);
  return Math.max(opened.index, Math.floor((y - opened.height) / rowHeight));
};

/** Which rows are to be drawn of a long list, so that it costs the same however long it is. */
export const shownRows = (window: Window): Shown => {
  const { count, scrollTop, viewHeight } = window;
  const from = Math.max(0, rowAt(scrollTop, window) - OVERSCAN);
  const to = Math.min(count, rowAt(scrollTop + viewHeight, window) + 1 + OVERSCAN);
  return { from, to, above: topOf(from, window), below: topOf(count, window) - topOf(to, window) };
};
