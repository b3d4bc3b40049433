import { describe, expect, it } from 'vitest';
import { Unavailable } from './failures.ts';
import { asSpan } from './in-span.ts';
import { beginPlaced, placeCurrent } from './placed-span.ts';
import {
  beginRoot,
  beginShared,
  beginSpan,
  currentSpan,
  currentTraceparent,
  insideSpan,
  isRecorded,
  recordSpans,
  type SpanStart,
} from './spans.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER = '0af7651916cd43dd8448eb211c80319c';
const under = (trace: string, flags = '01') => `00-${trace}-00f067aa0ba902b7-${flags}`;

/** Takes down what is begun, and what becomes of it. */
const openNotes = () => {
  const notes: unknown[] = [];
  const recording = recordSpans({
    begin: ({ name, links = [], beganMs }: SpanStart, parent) => {
      const id = String(notes.length + 1).padStart(16, '0');
      notes.push(['begin', name, parent, ...links, ...(beganMs === undefined ? [] : ['earlier'])]);
      return {
        traceparent: parent === null ? under(TRACE) : `${parent.slice(0, 36)}${id}-01`,
        set: (attributes) => void notes.push([name, attributes]),
        link: (traceparent) => void notes.push([name, 'link', traceparent]),
        fail: (code, why) => void notes.push([name, 'failed', code, why]),
        end: () => void notes.push([name, 'ended']),
      };
    },
  });
  return { notes, [Symbol.dispose]: () => recording[Symbol.dispose]() };
};

const neverAsked = (): SpanStart => {
  throw new Error('asked for');
};

const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

describe('without a recorder', () => {
  it('no span is made, and nothing that one would be made of', async () => {
    expect(beginSpan(under(TRACE), neverAsked)).toBeUndefined();
    expect(beginRoot(null, neverAsked)).toBeUndefined();
    expect(beginShared([under(TRACE)], neverAsked)).toBeUndefined();
    expect(beginPlaced(under(TRACE), neverAsked)).toBeUndefined();
    expect(isRecorded(under(TRACE))).toBe(false);
    expect(await asSpan(undefined, async () => currentTraceparent())).toBeNull();
  });

  it('is as it was once it was disposed', () => {
    openNotes()[Symbol.dispose]();
    expect(beginRoot(null, () => ({ name: 'a' }))).toBeUndefined();
  });
});

describe('a trace', () => {
  it.each(Array.from({ length: 16 }, (_, flags) => [flags.toString(16), flags % 2 === 1] as const))(
    'with the flags 0%s is recorded: %s',
    (flags, expected) => {
      using opened = openNotes();
      expect(isRecorded(under(TRACE, `0${flags}`))).toBe(expected);
      expect(beginSpan(under(TRACE, `0${flags}`), () => ({ name: 'a' })) !== undefined).toBe(expected);
      expect(opened.notes).toHaveLength(expected ? 1 : 0);
    },
  );

  it('of no context is not', () => {
    using _opened = openNotes();
    expect([null, undefined, ''].map((none) => isRecorded(none))).toEqual([false, false, false]);
  });
});

describe('a span', () => {
  it('is current to what is done inside of it, and ends with it', async () => {
    using opened = openNotes();
    const span = beginSpan(under(TRACE), () => ({ name: 'a' }));
    const inside = await asSpan(
      span,
      async () => currentTraceparent(),
      (made) => made.set({ outcome: 'b' }),
    );
    expect(inside).toBe(span?.traceparent);
    expect(currentSpan()).toBeUndefined();
    expect(opened.notes).toEqual([
      ['begin', 'a', under(TRACE)],
      ['a', { outcome: 'b' }],
      ['a', 'ended'],
    ]);
  });

  it.each([
    [new Unavailable('The database is away.'), 'Unavailable', 'The database is away.'],
    [Object.assign(new Error('ada@example.com'), { code: '23505' }), '23505', undefined],
    [new TypeError('pm_card_visa'), 'TypeError', undefined],
  ])('that fails says by what, and why in words of panier alone: %s', async (error, code, why) => {
    using opened = openNotes();
    const span = beginSpan(under(TRACE), () => ({ name: 'a' }));
    await expect(asSpan(span, failing(error))).rejects.toBe(error);
    expect(opened.notes.slice(1)).toEqual([
      ['a', 'failed', code, why],
      ['a', 'ended'],
    ]);
  });

  it('of many at once is below the first that is recorded, and linked to each other once, up to 128', () => {
    using opened = openNotes();
    const many = Array.from({ length: 200 }, (_, nth) => `00-${TRACE}-${String(nth).padStart(16, '0')}-01`);
    const all = [null, under(OTHER, '00'), ...many, ...many];
    beginShared(all, () => ({ name: 'batch' }));
    expect(opened.notes).toEqual([['begin', 'batch', many[0], ...many.slice(1, 129)]]);
  });
});

describe('a span that is to be placed', () => {
  it('is below what it turns out to be about, from when it began, and linked to what it was asked with', async () => {
    using opened = openNotes();
    const span = beginPlaced(under(OTHER), () => ({ name: 'command' }));
    const [before, placed, after] = await asSpan(span, async () => [
      currentTraceparent(),
      placeCurrent(under(TRACE)),
      currentTraceparent(),
    ]);
    expect(before).toBe(under(OTHER));
    expect(placed).toMatch(new RegExp(`^00-${TRACE}-`));
    expect(after).toBe(placed);
    expect(opened.notes).toEqual([
      ['begin', 'command', under(TRACE), under(OTHER), 'earlier'],
      ['command', 'ended'],
    ]);
  });

  it('is placed once', () => {
    using opened = openNotes();
    const span = beginPlaced(null, () => ({ name: 'command' }));
    const [first, second] = insideSpan(span, () => [placeCurrent(under(TRACE)), placeCurrent(under(OTHER))]);
    expect(second).toBe(first);
    expect(opened.notes).toHaveLength(1);
  });

  it('is where it was asked when nothing places it, and says there what became of it', () => {
    using opened = openNotes();
    const span = beginPlaced(under(OTHER), () => ({ name: 'command' }));
    span?.set({ rejection: 'NOT_FOUND' });
    span?.end();
    expect(opened.notes).toEqual([
      ['begin', 'command', under(OTHER), 'earlier'],
      ['command', { rejection: 'NOT_FOUND' }],
      ['command', 'ended'],
    ]);
  });

  it('makes none in a trace that is not recorded, and passes that on', () => {
    using opened = openNotes();
    const span = beginPlaced(under(OTHER, '00'), () => ({ name: 'command' }));
    expect(insideSpan(span, () => placeCurrent(under(TRACE, '00')))).toBe(under(TRACE, '00'));
    span?.end();
    expect(opened.notes).toEqual([]);
  });
});
