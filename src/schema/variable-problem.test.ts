import { describe, expect, it } from 'vitest';
import { openLogger } from '../platform/index.ts';
import { maskError } from './mask-error.ts';
import { memoryModules } from './testing/memory-modules.ts';
import { run } from './testing/run.ts';
import { variableProblem } from './variable-problem.ts';

const SECRET = 'pm_1NXWPnCo6bFb1KQto6C8OWvE';
const document = 'mutation ($input: CheckoutInput!) { checkout(input: $input) { __typename } }';

const said = async (input: unknown) => {
  const { errors = [] } = await run(memoryModules(), { document, variables: { input } });
  expect(errors[0]?.message).toContain(SECRET);
  return variableProblem(errors[0]?.message ?? '');
};

const TEXT = { type: 'string' };

describe('what is said of a variable that does not fit', () => {
  it.each([
    [
      { cartId: 'cart_1', paymentMethod: SECRET, extra: 1 },
      ': Field "extra" is not defined by type "CheckoutInput".',
      { path: ['input', 'extra'] },
    ],
    [
      { paymentMethod: SECRET },
      ': Field "cartId" of required type "ID!" was not provided.',
      { path: ['input', 'cartId'] },
    ],
    [
      { cartId: 'cart_1', paymentMethod: [SECRET] },
      ' at "input.paymentMethod": String cannot represent a non string value.',
      { path: ['input', 'paymentMethod'], allowed: TEXT },
    ],
    [
      { cartId: 'cart_1', paymentMethod: { reference: `a; ${SECRET}: b` } },
      ' at "input.paymentMethod": String cannot represent a non string value.',
      { path: ['input', 'paymentMethod'], allowed: TEXT },
    ],
    [SECRET, ': Expected type "CheckoutInput" to be an object.', { path: ['input'] }],
  ])('says where and why, not what: %j', async (input, why, about) => {
    expect(await said(input)).toEqual({ message: `Variable "$input" does not fit its type${why}`, ...about });
  });

  it.each(['__proto__', 'constructor'])('knows of no values that would do for a type of the name %s', async (name) => {
    const paymentMethod = [`${SECRET}; ${name} cannot represent this`];
    expect(await said({ cartId: 'cart_1', paymentMethod })).not.toHaveProperty('allowed');
  });

  it('is nothing of any other message', () => {
    for (const message of ['first is 500: ask for 1 to 100 at a time.', 'Variable "$x" got invalid value', ''])
      expect(variableProblem(message)).toBeNull();
  });
});

const ITEMS = 'mutation ($input: AddCartItemsInput!) { addCartItems(input: $input) { __typename } }';
const EVENTS = 'query ($since: DateTime) { events(filter: { since: $since }) { __typename } }';

/** As a client is told it. */
const told = async (asked: string, variables: Readonly<Record<string, unknown>>) => {
  const { errors = [] } = await run(memoryModules(), { document: asked, variables });
  return maskError(openLogger('silent'))(errors[0]);
};

describe('a client whose variable does not fit', () => {
  const second = { productId: 'prod_1', quantity: 'two' };
  it.each([
    { asked: ITEMS, variables: {}, path: ['input'] },
    { asked: ITEMS, variables: { input: null }, path: ['input'] },
    {
      asked: ITEMS,
      variables: { input: { cartId: 'cart_1', items: [{ productId: 'prod_1' }, second] } },
      path: ['input', 'items', '1', 'quantity'],
      allowed: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
    },
    {
      asked: EVENTS,
      variables: { since: 'yesterday' },
      path: ['since'],
      allowed: { type: 'string', format: 'date-time' },
    },
  ])('is told where it is, and what would do: $variables', async ({ asked, variables, path, allowed }) => {
    const { message, extensions } = await told(asked, variables);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', path });
    expect(extensions['allowed']).toEqual(allowed);
    expect(message).toContain(`"$${path[0]}"`);
    expect(message).not.toMatch(/yesterday|two/);
  });
});
