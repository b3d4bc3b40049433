import { describe, expect, it } from 'vitest';
import { readData, subjectOf, typeOf } from './letter.ts';

const of = (fields: Readonly<Record<string, string>>) => ({
  fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
});

describe('a dead letter', () => {
  it.each([
    [{ correlation_id: 'order_1', aggregate_id: 'prod_1' }, 'order_1'],
    [{ aggregate_id: 'cart_1' }, 'cart_1'],
    [{ correlation_id: 'something', aggregate_id: 'prod_1' }, 'prod_1'],
    [{ correlation_id: 'something' }, 'something'],
    [{}, null],
  ])('of %j is about %s', (fields, subject) => {
    expect(subjectOf(of(fields))).toBe(subject);
  });

  it('may not say what it is', () => {
    expect([typeOf(of({ event_type: 'OrderCreated' })), typeOf(of({}))]).toEqual(['OrderCreated', null]);
  });

  it('may hold what is no JSON', () => {
    expect([readData('{"a":1}'), readData('{"a"')]).toEqual([{ a: 1 }, '{"a"']);
  });
});
