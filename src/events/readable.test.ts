import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { isReadableText, MAX_DEPTH, readable, readableText, readableUnlessTooDeep } from './readable.ts';

const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const hostile = fc.array(fc.oneof(unit, fc.constantFrom('\0', '\ud800', '\udc00', '\u{1f6b2}', 'a')), { maxLength: 8 });
const text = hostile.map((units) => units.join(''));
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'toString', ''));
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom<Json>(null, true, 0, -0, 2 ** 60, Number.POSITIVE_INFINITY),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('json')), { maxLength: 4 }).map((entries): Json => Object.fromEntries(entries)),
  ),
}));

const nested = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json;

describe('readable JSON', () => {
  it('is what it was, once written, read by UTF-8, and taken by PostgreSQL: nothing in it stands for no text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = JSON.stringify(readable(value));
        expect(Buffer.from(written).toString()).toBe(written);
        expect(written).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/);
        expect(readable(readable(value))).toEqual(readable(value));
      }),
    );
  });

  it('is the very same where there is nothing to mend', () => {
    fc.assert(
      fc.property(json, (value) => {
        const again = JSON.parse(JSON.stringify(readable(value))) as Json;
        expect(readable(again)).toBe(again);
      }),
    );
  });

  it('keeps every good text, and is U+FFFD in place of each that is none', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(isReadableText(readableText(value))).toBe(true);
        expect(readableText(value)).toHaveLength(value.length);
        expect(readableText(value) === value).toBe(isReadableText(value));
      }),
    );
    expect(readableText('a\0\ud800\u{1f6b2}')).toBe('a\uFFFD\uFFFD\u{1f6b2}');
  });

  it('is as deep as it may be and no deeper, however deep it was', () => {
    expect(readable(nested(MAX_DEPTH))).toEqual(nested(MAX_DEPTH));
    expect(readableUnlessTooDeep(nested(MAX_DEPTH))).toEqual(nested(MAX_DEPTH));
    expect(readableUnlessTooDeep(['\0'])).toEqual(['\uFFFD']);
    for (const levels of [MAX_DEPTH + 1, 5_000, 100_000]) {
      const cut = readable(nested(levels));
      expect([readableUnlessTooDeep(nested(levels)), readableUnlessTooDeep(cut)]).toEqual([null, cut]);
    }
  });
});
