import { describe, expect, it } from 'vitest';
import { jsonTokens } from './json-tokens.ts';

const VALUES: readonly unknown[] = [
  { order_id: 'order_1', lines: [{ quantity: 2, unit_price: '699.99' }], ok: true, session_id: null },
  'a text with "quotes", a \\ and a : in it',
  { 'a key: with "all"': -1.5e300 },
  [],
  {},
  false,
];

describe('the tokens of JSON', () => {
  it.each(VALUES)('are the whole of its text: %j', (value) => {
    const json = JSON.stringify(value, null, 2);
    expect(
      jsonTokens(json)
        .map(({ text }) => text)
        .join(''),
    ).toBe(json);
  });

  it('are the whole of a text that was cut off, wherever that was', () => {
    const json = JSON.stringify(VALUES, null, 2);
    const cuts = Array.from(json, (_, end) => json.slice(0, end));
    expect(
      cuts.map((cut) =>
        jsonTokens(cut)
          .map(({ text }) => text)
          .join(''),
      ),
    ).toEqual(cuts);
  });

  it('say what is a key and what is a text', () => {
    expect(jsonTokens('{"a":"b","c":-1.5,"d":null}').filter(({ kind }) => kind !== 'sign')).toEqual([
      { kind: 'key', text: '"a"' },
      { kind: 'text', text: '"b"' },
      { kind: 'key', text: '"c"' },
      { kind: 'number', text: '-1.5' },
      { kind: 'key', text: '"d"' },
      { kind: 'word', text: 'null' },
    ]);
  });
});
