import type { Glyph } from './glyphs.ts';
import { gapOf, type Layout, labelWidthOf, layoutOf } from './layout.ts';
import type { Pending } from './waits.ts';

/** Time goes across where there is room, and down where there is none. */
export type Direction = 'Across' | 'Down';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Mark extends Point {
  readonly glyph: Glyph;
  /** Where its text begins, or has its middle. */
  readonly label: Point;
}

export interface Arrow {
  /** The first step that it leads to. */
  readonly to: number;
  readonly path: string;
}

export interface Drawing {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly startMs: number;
  readonly lines: readonly { readonly lane: string; readonly from: Point; readonly to: Point }[];
  readonly marks: readonly Mark[];
  readonly arrows: readonly Arrow[];
  /** Where the next step is waited for, and the way to it. */
  readonly pending: (Point & { readonly way: string }) | null;
}

export const LANE = 72;
const FIRST_LANE = 40;
const COLUMN = 28;
const FIRST_COLUMN = 20;
const ROW = 46;
const BESIDE = 16;
const TOP = 4;
/** For what is written beside a step that is waited for. */
const PENDING_TEXT = 230;
const RADIUS = 8;
/** What there is room for is used; more than that would tear apart what belongs together. */
const MOST_STRETCHED = 1.8;

const pathBetween = (from: Point, to: Point, direction: Direction): string => {
  if (direction === 'Across') {
    const middle = (from.x + to.x) / 2;
    const sides = Math.sign(to.x - from.x) || 1;
    return `M${from.x + RADIUS * sides} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x - (RADIUS + 3) * sides} ${to.y}`;
  }
  const middle = (from.y + to.y) / 2;
  return `M${from.x} ${from.y + RADIUS}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y - RADIUS - 3}`;
};

interface Drawn {
  readonly glyphs: readonly Glyph[];
  readonly lanes: readonly string[];
  readonly pending: Pending | null;
  /** How long it has been waited for. */
  readonly waitedMs: number;
  readonly direction: Direction;
  /** What there is room for, in pixels. */
  readonly room: number;
}

const pointFor = ({ lanes, direction }: Drawn) => {
  const lane = (name: string): number => Math.max(0, lanes.indexOf(name));
  return (name: string, at: number): Point =>
    direction === 'Across'
      ? { x: at, y: FIRST_LANE + lane(name) * LANE }
      : { x: FIRST_COLUMN + lane(name) * COLUMN, y: TOP + at };
};

const arrowsOf = (marks: readonly Mark[], direction: Direction): readonly Arrow[] => {
  const byFirst = new Map(marks.map((mark) => [mark.glyph.first, mark]));
  return marks.flatMap((mark) => {
    const cause = mark.glyph.cause === null ? undefined : byFirst.get(mark.glyph.cause);
    return cause === undefined ? [] : [{ to: mark.glyph.first, path: pathBetween(cause, mark, direction) }];
  });
};

const stretched = (layout: Layout, room: number): Layout => {
  const by = Math.min(MOST_STRETCHED, Math.max(1, room / layout.length));
  const placed = layout.placed.map(({ glyph, at }) => ({ glyph, at: Math.round(at * by) }));
  return { ...layout, placed, length: layout.length * by };
};

const pendingAt = ({ placed }: Layout, { pending, waitedMs, direction }: Drawn): number | null => {
  if (pending === null) return null;
  const last = placed.at(-1);
  if (last === undefined) return 60;
  const label = direction === 'Across' ? labelWidthOf(last.glyph) / 2 : ROW - 26;
  return Math.round(last.at + gapOf(waitedMs) + label);
};

/** The saga of an order, to be drawn: in pixels. */
export const drawingOf = (drawn: Drawn): Drawing => {
  const { glyphs, lanes, direction, room, pending } = drawn;
  const layout = stretched(
    layoutOf(glyphs, { labels: direction === 'Across' ? 'Above' : 'Beside', line: ROW }),
    direction === 'Across' ? room - (pending === null ? 0 : PENDING_TEXT + 100) : 0,
  );
  const pointOf = pointFor(drawn);
  const beside = FIRST_COLUMN + lanes.length * COLUMN - 8;
  const marks = layout.placed.map(({ glyph, at }): Mark => {
    const point = pointOf(glyph.lane, at);
    const label = direction === 'Across' ? { x: point.x, y: point.y - BESIDE } : { x: beside, y: point.y };
    return { ...point, glyph, label };
  });
  const at = pendingAt(layout, drawn);
  const end = Math.max(layout.length, at === null ? 0 : at + (direction === 'Across' ? PENDING_TEXT : ROW));
  const length = direction === 'Across' ? Math.max(room, end) : end;
  const next = pending === null || at === null ? null : pointOf(pending.lane, at);
  const last = marks.at(-1);
  return {
    direction,
    startMs: layout.startMs,
    width: direction === 'Across' ? length : room,
    height: direction === 'Across' ? FIRST_LANE + lanes.length * LANE - 24 : length + TOP,
    lines: lanes.map((lane) => ({ lane, from: pointOf(lane, 0), to: pointOf(lane, length) })),
    marks,
    arrows: arrowsOf(marks, direction),
    pending: next && { ...next, way: last === undefined ? '' : pathBetween(last, next, direction) },
  };
};
