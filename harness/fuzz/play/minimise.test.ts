import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../operation/operation.ts';
import { jsonOf, object, text } from '../value.ts';
import { operationOf } from './ask.ts';
import { minimise } from './minimise.ts';

const WHOLE = `query Fuzz($v0: ID!) {
  orders(first: 3) { edges { cursor node { id ...Part } } }
  order(id: $v0) { id status lines { quantity product { name } } }
}
fragment Part on Order { status }`;

const whole = operationOf(WHOLE, {}, 'ws');

const failsByProduct = async ({ text: sent }: Operation) => sent.includes('product');
const failsByNul = async ({ variables }: Operation) => jsonOf(object(variables)).includes('\\u0000');

describe('a failing operation made small', () => {
  it('keeps only what it fails by', async () => {
    const { text: smallest, lane } = await minimise(whole, failsByProduct);
    expect(smallest).toBe(print(parse('query Fuzz { order { lines { product } } }')));
    expect(lane).toBe('post');
  });

  it('keeps only the values it fails by', async () => {
    const input = object([
      ['reason', text('fine')],
      ['key', text(`${'x'.repeat(400)}\u0000`)],
    ]);
    const { variables } = await minimise({ ...whole, variables: [['input', input]] }, failsByNul);
    const left = jsonOf(object(variables));
    expect(left).not.toContain('reason');
    expect(left.length).toBeLessThan(60);
  });

  it('stays as it is when it does not fail again', async () => {
    expect(await minimise(whole, async () => false)).toBe(whole);
  });
});
