import { describe, expect, it } from 'vitest';
import { openSpanNotes, traceparentIn as under } from '../../harness/support/span-notes.ts';
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
  passedOn,
  recordSpans,
  type SpanStart,
} from './spans.ts';

const TRACE = 'a';
const OTHER = 'b';

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
    expect(beginShared([{ traceparent: under(TRACE) }], neverAsked)).toBeUndefined();
    expect(beginPlaced(under(TRACE), neverAsked)).toBeUndefined();
    expect(isRecorded(under(TRACE))).toBe(false);
    expect(await asSpan(undefined, async () => currentTraceparent())).toBeNull();
  });

  it('is as it was once it was disposed', () => {
    openSpanNotes()[Symbol.dispose]();
    expect(beginRoot(null, () => ({ name: 'a' }))).toBeUndefined();
  });
});

describe('a trace', () => {
  it.each(Array.from({ length: 16 }, (_, flags) => [flags.toString(16), flags % 2 === 1] as const))(
    'with the flags 0%s is recorded: %s',
    (flags, expected) => {
      using opened = openSpanNotes();
      expect(isRecorded(under(TRACE, `0${flags}`))).toBe(expected);
      expect(beginSpan(under(TRACE, `0${flags}`), () => ({ name: 'a' })) !== undefined).toBe(expected);
      expect(opened.notes).toHaveLength(expected ? 1 : 0);
    },
  );

  it('of no context is not', () => {
    using _opened = openSpanNotes();
    expect([null, undefined, ''].map((none) => isRecorded(none))).toEqual([false, false, false]);
  });
});

const passed = (parent: string | null) => passedOn(beginRoot(parent, neverAsked), parent);

describe('what comes from outside and is not recorded', () => {
  it('goes on as what its client named, as not recorded; without a name where the client gave none', () => {
    using _none = recordSpans({ begin: () => undefined });
    expect([under(TRACE), under(TRACE, '00'), null].map(passed)).toEqual([
      under(TRACE, '00'),
      under(TRACE, '00'),
      null,
    ]);
  });

  it('goes on as its client named it where no spans are made', () => {
    expect(passed(under(TRACE))).toBe(under(TRACE));
  });
});

describe('work without a span', () => {
  it('is waited for as it is, and told of none', () => {
    using _opened = openSpanNotes();
    const around = beginSpan(under(TRACE), () => ({ name: 'a' }));
    const done = Promise.resolve();
    const told = insideSpan(around, () => {
      let current = around;
      const work = (): Promise<void> => {
        current = currentSpan();
        return done;
      };
      return { promise: asSpan(undefined, work), current: () => current };
    });
    expect(told.promise).toBe(done);
    expect(told.current()).toBeUndefined();
  });
});

describe('a span', () => {
  it('is current to what is done inside of it, and ends with it', async () => {
    using opened = openSpanNotes();
    const span = beginSpan(under(TRACE), () => ({ name: 'a' }));
    const inside = await asSpan(
      span,
      async () => currentTraceparent(),
      (made) => made.set({ outcome: 'b' }),
    );
    expect(inside).toBe(span?.traceparent);
    expect(currentSpan()).toBeUndefined();
    expect(opened.notes).toEqual([
      ['a', 'begins', under(TRACE)],
      ['a', { outcome: 'b' }],
      ['a', 'ends'],
    ]);
  });

  it.each([
    [new Unavailable('The database is away.'), 'Unavailable', 'The database is away.'],
    [Object.assign(new Error('ada@example.com'), { code: '23505' }), '23505', undefined],
    [new TypeError('pm_card_visa'), 'TypeError', undefined],
  ])('that fails says by what, and why in words of panier alone: %s', async (error, code, why) => {
    using opened = openSpanNotes();
    const span = beginSpan(under(TRACE), () => ({ name: 'a' }));
    await expect(asSpan(span, failing(error))).rejects.toBe(error);
    expect(opened.notes.slice(1)).toEqual([
      ['a', 'fails', code, why],
      ['a', 'ends'],
    ]);
  });

  it('of many at once is below the first that is recorded, and linked to each other once, up to 128', () => {
    using opened = openSpanNotes();
    const many = Array.from({ length: 200 }, (_, nth) => `00-${TRACE.repeat(32)}-${String(nth).padStart(16, '0')}-01`);
    const all = [null, under(OTHER, '00'), ...many, ...many];
    beginShared(
      all.map((traceparent) => ({ traceparent })),
      () => ({ name: 'batch' }),
    );
    expect(opened.notes).toEqual([['batch', 'begins', many[0], ...many.slice(1, 129)]]);
  });
});

describe('a span that is to be placed', () => {
  it('is below what it turns out to be about, from when it began, and linked to what it was asked with', async () => {
    using opened = openSpanNotes();
    const span = beginPlaced(under(OTHER), () => ({ name: 'command' }));
    const [before, placed, after] = await asSpan(span, async () => [
      currentTraceparent(),
      placeCurrent(under(TRACE)),
      currentTraceparent(),
    ]);
    expect(before).toBe(under(OTHER));
    expect(placed).toMatch(new RegExp(`^00-${TRACE.repeat(32)}-`));
    expect(after).toBe(placed);
    expect(opened.notes).toEqual([
      ['command', 'begins', under(TRACE), under(OTHER), 'earlier'],
      ['command', 'ends'],
    ]);
  });

  it('is placed once', () => {
    using opened = openSpanNotes();
    const span = beginPlaced(null, () => ({ name: 'command' }));
    const [first, second] = insideSpan(span, () => [placeCurrent(under(TRACE)), placeCurrent(under(OTHER))]);
    expect(second).toBe(first);
    expect(opened.notes).toHaveLength(1);
  });

  it('is where it was asked when nothing places it, and says there what became of it', () => {
    using opened = openSpanNotes();
    const span = beginPlaced(under(OTHER), () => ({ name: 'command' }));
    span?.set({ rejection: 'NOT_FOUND' });
    span?.end();
    expect(opened.notes).toEqual([
      ['command', 'begins', under(OTHER), 'earlier'],
      ['command', { rejection: 'NOT_FOUND' }],
      ['command', 'ends'],
    ]);
  });

  it('has no traceparent to pass on until it is in a trace', () => {
    using _opened = openSpanNotes();
    const span = beginPlaced(null, () => ({ name: 'command' }));
    expect(insideSpan(span, currentTraceparent)).toBeNull();
  });

  it('is not told to what is done beside it, in the same context', () => {
    using _opened = openSpanNotes();
    const span = beginSpan(under(TRACE), () => ({ name: 'a' }));
    const inside = insideSpan(span, () => insideSpan(undefined, currentSpan));
    expect(inside).toBeUndefined();
  });

  it('makes none in a trace that is not recorded, and passes that on', () => {
    using opened = openSpanNotes();
    const span = beginPlaced(under(OTHER, '00'), () => ({ name: 'command' }));
    expect(insideSpan(span, () => placeCurrent(under(TRACE, '00')))).toBe(under(TRACE, '00'));
    span?.end();
    expect(opened.notes).toEqual([]);
  });
});
