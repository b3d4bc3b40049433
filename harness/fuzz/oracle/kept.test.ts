import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { differenceOf, keptOf } from './kept.ts';

const document = parse(`mutation {
  result: checkout(input: { cartId: "cart_1" }) {
    __typename
    ... on Order { id state: status ...Lines steps { revision } }
  }
}
fragment Lines on Order { lines { quantity product { available } } }`);

const answer = ({ state = 'PENDING', quantity = 1, available = 5, steps = 1 }): readonly string[] => {
  const lines = [{ quantity, product: { available } }];
  const order = {
    __typename: 'Order',
    id: 'order_1',
    state,
    lines,
    steps: Array.from({ length: steps }, () => ({ revision: 1 })),
  };
  return keptOf({ schema, document, reply: { type: 'Reply', data: { result: order }, errors: [] } });
};

describe('what is kept of an answer', () => {
  it('is all that the command answered, through aliases and fragments', () => {
    expect(differenceOf(answer({}), answer({ state: 'CONFIRMED' }))).toMatch(/PENDING.*CONFIRMED/);
    expect(differenceOf(answer({}), answer({ quantity: 2 }))).toMatch(/quantity = 1.*quantity = 2/);
  });

  it('is not what it only leads on to', () => {
    expect(differenceOf(answer({}), answer({ available: 4, steps: 3 }))).toBeNull();
  });
});
