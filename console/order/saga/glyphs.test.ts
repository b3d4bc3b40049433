import { describe, expect, it } from 'vitest';
import { type Glyph, glyphsOf } from './glyphs.ts';
import { PROVIDER_LANE } from './lanes.ts';
import { DECLINED, story, withReports } from './story.fixture.ts';

const said = ({ type, count, lane, cause }: Glyph) => [type, count, lane, cause];
const SAGA = 'inventory-saga-consumer';

describe('the glyphs of an order', () => {
  it('are those of the business, each in the lane of whoever did it, with what it follows from', () => {
    expect(glyphsOf(DECLINED, 'Business').map(said)).toEqual([
      ['OrderCreated', 1, 'ecommerce-api', null],
      ['StockReserved', 1, SAGA, 1],
      ['PaymentRequested', 1, 'ecommerce-api', 2],
      ['PaymentFailed', 1, PROVIDER_LANE, 3],
      ['StockCompensated', 1, SAGA, 5],
    ]);
  });

  it('are the technical ones as well, when they are asked for', () => {
    expect(glyphsOf(DECLINED, 'All').map(({ type }) => type)).toContain('PaymentPending');
  });

  it('pass on what a step that is not shown follows from', () => {
    const [created, requested, pending, failed] = story(
      { type: 'OrderCreated' },
      { type: 'PaymentRequested' },
      { type: 'PaymentPending' },
      { type: 'PaymentSucceeded' },
    );
    const glyphs = glyphsOf([created, requested, pending, failed], 'Business');
    expect(glyphs.at(-1)).toMatchObject({ type: 'PaymentSucceeded', cause: 2 });
  });

  it('show a failure in the lane of the order where nobody was asked for money', () => {
    const expired = story(
      { type: 'OrderCreated' },
      { type: 'StockReserved', by: `${SAGA}-1` },
      { type: 'PaymentFailed' },
    );
    expect(glyphsOf(expired, 'Business').at(-1)?.lane).toBe('ecommerce-api');
  });

  it('show the first of what another service says again and again, and all of it as one burst', () => {
    const steps = withReports(9_000);
    expect(glyphsOf(steps, 'Business').map(({ type, count }) => [type, count])).toEqual([
      ['OrderCreated', 1],
      ['StockReservationFailed', 1],
      ['PaymentFailed', 1],
      ['OrderRejected', 1],
    ]);
    expect(glyphsOf(steps, 'All').map(({ kind, count }) => [kind, count])).toEqual([
      ['Step', 1],
      ['Step', 1],
      ['Burst', 9_000],
      ['Step', 1],
    ]);
  });

  it('say how much is not loaded yet', () => {
    const steps = withReports(9_000).map((step, index) => (index > 50 && index < 8_900 ? undefined : step));
    expect(glyphsOf(steps, 'All').map(({ kind, first, count }) => [kind, first, count])).toEqual([
      ['Step', 1, 1],
      ['Step', 2, 1],
      ['Burst', 3, 49],
      ['Gap', 52, 8_849],
      ['Burst', 8_901, 102],
      ['Step', 9_003, 1],
    ]);
  });

  it('are never too many to be drawn, and lose no step', () => {
    const types = ['PaymentSucceeded', 'PaymentFailed', 'OrderCancelled'];
    const steps = story(...Array.from({ length: 3_000 }, (_, nth) => ({ type: types[nth % 3] ?? '' })));
    const glyphs = glyphsOf(steps, 'All');
    expect(glyphs.length).toBeLessThan(200);
    expect(glyphs.reduce((sum, { count }) => sum + count, 0)).toBe(3_000);
  });
});
