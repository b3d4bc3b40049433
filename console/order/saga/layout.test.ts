import { describe, expect, it } from 'vitest';
import { drawingOf } from './drawing.ts';
import { glyphsOf } from './glyphs.ts';
import { lanesOf } from './lanes.ts';
import { gapOf, labelWidthOf, layoutOf } from './layout.ts';
import { DECLINED, story } from './story.fixture.ts';
import type { Pending } from './waits.ts';

const ACROSS = { labels: 'Above', line: 0 } as const;
const glyphs = glyphsOf(DECLINED, 'All');

const drawn = (direction: 'Across' | 'Down', pending: Pending | null = null) =>
  drawingOf({
    glyphs,
    lanes: lanesOf(glyphs.map(({ lane }) => lane)),
    direction,
    pending,
    waitedMs: 5_000,
    room: 300,
  });

describe('the axis of time', () => {
  it('tells milliseconds apart and has room for a week', () => {
    expect(gapOf(10)).toBeGreaterThan(gapOf(1) + 5);
    expect(gapOf(7 * 86_400_000)).toBeLessThan(200);
    expect(gapOf(-5)).toBe(gapOf(0));
  });

  it('runs no label of a lane into the next one', () => {
    const { placed } = layoutOf(glyphs, ACROSS);
    for (const lane of lanesOf(placed.map(({ glyph }) => glyph.lane))) {
      const own = placed.filter(({ glyph }) => glyph.lane === lane);
      for (const [nth, { at, glyph }] of own.entries()) {
        const before = own[nth - 1];
        if (before === undefined) continue;
        expect(at - labelWidthOf(glyph) / 2).toBeGreaterThan(before.at + labelWidthOf(before.glyph) / 2);
      }
    }
  });

  it('shows nothing before what it follows from, though the clocks of two services differ', () => {
    const skewed = story(
      { type: 'OrderCreated', atMs: 500 },
      { type: 'StockReserved', by: 'inventory-saga-consumer-1', atMs: 100 },
      { type: 'PaymentRequested', atMs: 600 },
    );
    const { placed } = layoutOf(glyphsOf(skewed, 'All'), ACROSS);
    expect(placed.map(({ glyph }) => glyph.type)).toEqual(['OrderCreated', 'StockReserved', 'PaymentRequested']);
  });

  it('is in the order of time, in whichever the steps were taken in', () => {
    const late = story(
      { type: 'OrderCreated', atMs: 0 },
      { type: 'OrderConfirmed', atMs: 90, cause: 3 },
      { type: 'PaymentSucceeded', atMs: 80, cause: 1 },
    );
    const { placed } = layoutOf(glyphsOf(late, 'All'), ACROSS);
    expect(placed.map(({ glyph }) => glyph.type)).toEqual(['OrderCreated', 'PaymentSucceeded', 'OrderConfirmed']);
  });
});

describe('the drawing', () => {
  it('has an arrow to every step that has a cause', () => {
    expect(drawn('Across').arrows.map(({ to }) => to)).toEqual([2, 3, 4, 5, 6]);
  });

  it('goes across, a line a lane, or down in the room that there is', () => {
    const across = drawn('Across');
    expect(new Set(across.marks.map(({ y }) => y)).size).toBe(3);
    expect(across.width).toBeGreaterThan(300);
    const down = drawn('Down');
    expect(new Set(down.marks.map(({ x }) => x)).size).toBe(3);
    expect(down.width).toBe(300);
    expect(down.marks.every(({ y }, nth) => nth === 0 || y >= (down.marks[nth - 1]?.y ?? 0) + 40)).toBe(true);
  });

  it('shows what is waited for behind all that came', () => {
    const { pending, marks } = drawn('Across', { for: 'Compensation', lane: 'inventory-saga-consumer' });
    expect(pending?.x).toBeGreaterThan(Math.max(...marks.map(({ x }) => x)));
    expect(drawn('Across').pending).toBeNull();
  });
});
