import { describe, expect, it } from 'vitest';
import { memoryModules } from './testing/memory-modules.ts';
import { run } from './testing/run.ts';
import { withoutValue } from './variable-problem.ts';

const SECRET = 'pm_1NXWPnCo6bFb1KQto6C8OWvE';
const document = 'mutation ($input: CheckoutInput!) { checkout(input: $input) { __typename } }';

const said = async (input: unknown): Promise<string> => {
  const { errors = [] } = await run(memoryModules(), { document, variables: { input } });
  expect(errors[0]?.message).toContain(SECRET);
  return withoutValue(errors[0]?.message ?? '');
};

describe('what is said of a variable that does not fit', () => {
  it.each([
    [{ cartId: 'cart_1', paymentMethod: SECRET, extra: 1 }, ': Field "extra" is not defined by type "CheckoutInput".'],
    [{ paymentMethod: SECRET }, ': Field "cartId" of required type "ID!" was not provided.'],
    [
      { cartId: 'cart_1', paymentMethod: [SECRET] },
      ' at "input.paymentMethod": String cannot represent a non string value.',
    ],
    [
      { cartId: 'cart_1', paymentMethod: { reference: `a; ${SECRET}: b` } },
      ' at "input.paymentMethod": String cannot represent a non string value.',
    ],
    [SECRET, ': Expected type "CheckoutInput" to be an object.'],
  ])('says where and why, not what: %j', async (input, why) => {
    expect(await said(input)).toBe(`Variable "$input" does not fit its type${why}`);
  });

  it('is nothing else than before of any other message', () => {
    for (const message of ['first is 500: ask for 1 to 100 at a time.', 'Variable "$x" got invalid value', ''])
      expect(withoutValue(message)).toBe(message);
  });
});
