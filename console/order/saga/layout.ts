import type { Glyph } from './glyphs.ts';

/** Where a glyph stands on the axis of time, in pixels. */
export interface Placed {
  readonly glyph: Glyph;
  readonly at: number;
}

export interface Layout {
  readonly placed: readonly Placed[];
  /** Where the axis ends, in pixels. */
  readonly length: number;
  readonly startMs: number;
  readonly endMs: number;
}

const NEAREST = 26;
const PER_DECADE = 16;
const CHARACTER = 7.7;
const BESIDE_LABEL = 14;
const MARGIN = 24;

/**
 * How far two instants are from each other, in pixels. Ten times the time is a step more: milliseconds are to be told apart, and
 * a week is to fit.
 */
export const gapOf = (ms: number): number => NEAREST + PER_DECADE * Math.log10(1 + Math.max(0, ms));

/** About so many characters more: "× 9,950", "… 9,950 steps". */
const COUNTED: Readonly<Record<Glyph['kind'], number>> = { Step: 0, Burst: 4, Gap: 10 };

/** About as wide as its text is, above its point. */
export const labelWidthOf = ({ kind, type, count }: Glyph): number =>
  CHARACTER * (type.length + COUNTED[kind] + (kind === 'Step' ? 0 : String(count).length));

/** By when they occurred; one that follows from another never before it, whatever the clocks of their services say. */
const inTime = (glyphs: readonly Glyph[]): readonly (Glyph & { readonly shownMs: number })[] => {
  const shown = new Map<number, number>();
  const timed = glyphs.map((glyph) => {
    const causeMs = glyph.cause === null ? undefined : shown.get(glyph.cause);
    const shownMs = Math.max(glyph.atMs, causeMs ?? glyph.atMs);
    shown.set(glyph.first, shownMs);
    return { ...glyph, shownMs };
  });
  return timed.toSorted((one, other) => one.shownMs - other.shownMs || one.first - other.first);
};

interface Spacing {
  /** Labels stand above their points, and must not run into each other; or beside them, a line each. */
  readonly labels: 'Above' | 'Beside';
  readonly line: number;
}

/** Where each stands, in the order of the axis. */
export const layoutOf = (glyphs: readonly Glyph[], { labels, line }: Spacing): Layout => {
  const placed: Placed[] = [];
  const lastIn = new Map<string, Placed>();
  let beforeMs = 0;
  for (const { shownMs, ...glyph } of inTime(glyphs)) {
    const before = placed.at(-1);
    const ahead = lastIn.get(glyph.lane);
    const half = labels === 'Above' ? labelWidthOf(glyph) / 2 : 0;
    const byTime = before === undefined ? MARGIN + half : before.at + gapOf(shownMs - beforeMs);
    const byLabel =
      ahead === undefined || labels === 'Beside' ? 0 : ahead.at + labelWidthOf(ahead.glyph) / 2 + half + BESIDE_LABEL;
    const byLine = before === undefined || labels === 'Above' ? 0 : before.at + line;
    const next = { glyph, at: Math.round(Math.max(byTime, byLabel, byLine, half + 4)) };
    placed.push(next);
    lastIn.set(glyph.lane, next);
    beforeMs = shownMs;
  }
  const times = glyphs.filter(({ kind }) => kind !== 'Gap').map(({ atMs }) => atMs);
  const end = placed.reduce(
    (most, { at, glyph }) => Math.max(most, at + (labels === 'Above' ? labelWidthOf(glyph) / 2 : 0)),
    0,
  );
  return { placed, length: end + MARGIN, startMs: Math.min(...times), endMs: Math.max(...times) };
};
