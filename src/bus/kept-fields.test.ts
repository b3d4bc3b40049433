import { describe, expect, it } from 'vitest';
import { MAX_DATA_LENGTH } from '../events/index.ts';
import { keptFields } from './kept-fields.ts';

const sizeOf = (fields: readonly string[]): number => keptFields(fields).flat().join('').length;

describe('what a dead letter keeps', () => {
  it('is all of an entry that can be read', () => {
    const data = JSON.stringify({ text: 'x'.repeat(MAX_DATA_LENGTH - 11) });
    expect(data).toHaveLength(MAX_DATA_LENGTH);
    const fields = ['event_type', 'OrderCreated', 'traceparent', 'x'.repeat(500), 'data', data];
    expect(keptFields(fields).flat()).toEqual(fields);
  });

  it('is bounded, whatever the entry holds, and text', () => {
    const large = 'x'.repeat(3_000_000);
    for (const fields of [[large, large], ['data', large], Array<string>(2_000).fill('data'), ['data']])
      expect(sizeOf(fields)).toBeLessThanOrEqual(2 * MAX_DATA_LENGTH);
    expect(sizeOf(Array.from({ length: 40 }, (_, nth) => (nth % 2 === 0 ? 'data' : large)))).toBeLessThanOrEqual(
      2 * MAX_DATA_LENGTH,
    );
    expect(keptFields(['a\0', '\ud800', 'alone'])).toEqual([
      ['a\uFFFD', '\uFFFD'],
      ['alone', ''],
    ]);
  });

  it('is no reference to a payment method', () => {
    const data =
      '{"order_id":"order_1", "payment_method" : "pm_\\"quoted", "lines":[{"payment_method":"pm_2"}],"x":"pm_3"}';
    expect(keptFields(['data', data])).toEqual([
      [
        'data',
        '{"order_id":"order_1", "payment_method" : "[payment method]", "lines":[{"payment_method":"[payment method]"}],"x":"pm_3"}',
      ],
    ]);
    const none = '{"order_id":"order_1","payment_method":null}';
    expect(keptFields(['data', none])).toEqual([['data', none]]);
  });

  it('is cut between characters', () => {
    const [[, value] = []] = keptFields(['x', `${'x'.repeat(999)}\u{1f6b2}`]);
    expect(value?.isWellFormed()).toBe(true);
  });
});
