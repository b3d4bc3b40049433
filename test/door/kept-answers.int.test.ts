import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandName } from '../../src/commands/index.ts';
import { newId } from '../../src/events/index.ts';
import { keepDeadLetterAgain } from './keep-dead-letter-again.ts';
import { ask, codeOf, KEEPING_COMMANDS, makeThings, openShop, type Shop, soundInputs, type Things } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const command = (name: CommandName, input: Readonly<Record<string, unknown>>) => () => ask(shop, name, { input });

/** Whatever may happen to what an answer shows, between the first time and the second. */
const changesOf = (things: Things): Readonly<Record<string, () => Promise<unknown>>> => {
  const { cartId, orderId, productId, letterId } = things;
  return {
    'more of it': command('addCartItem', { cartId, productId, quantity: 1 }),
    'less of it': command('setCartItemQuantity', { cartId, cartItemId: '1', quantity: 1 }),
    'taken out': command('removeCartItem', { cartId, cartItemId: '1' }),
    'checked out': command('checkout', { cartId, paymentMethod: null }),
    paid: command('payOrder', { orderId, paymentMethod: 'pm_card_visa' }),
    cancelled: command('cancelOrder', { orderId, reason: 'changed my mind' }),
    renamed: command('upsertProduct', { id: productId, name: 'Lens', price: '4.00', currency: 'EUR' }),
    'sold in dollars': command('upsertProduct', { id: productId, name: 'Lens', price: '4.00', currency: 'USD' }),
    delivered: command('adjustStock', { productId, delta: 3, reason: null }),
    'tried again': command('retryDeadLetter', { id: letterId }),
    'let be': command('discardDeadLetter', { id: letterId, reason: 'another reason' }),
    'failed again': () => keepDeadLetterAgain(shop, letterId),
  };
};

const CHANGES = Object.keys(changesOf({ cartId: '', orderId: '', productId: '', letterId: '', runId: '' }));
const changes = fc.array(fc.constantFrom(...CHANGES), { maxLength: 4 });

const happen = async (things: Things, names: readonly string[]): Promise<void> => {
  for (const name of names) await changesOf(things)[name]?.();
};

describe.each(KEEPING_COMMANDS)('the answer of %s', (name) => {
  it('is kept: the same key gives the first one again, whatever came before, between and after', async () => {
    await fc.assert(
      fc.asyncProperty(changes, changes, async (before, between) => {
        const things = await makeThings(shop);
        await happen(things, before);
        const given = { input: soundInputs(things)[name], context: { idempotencyKey: newId('Event') } };
        const first = await ask(shop, name, given);
        for (const change of between) {
          await happen(things, [change]);
          expect(await ask(shop, name, given)).toEqual(first);
        }
        expect(await Promise.all([ask(shop, name, given), ask(shop, name, given)])).toEqual([first, first]);
      }),
      { numRuns: 6 },
    );
  });

  it('is not that of any other command under the same key', async () => {
    const inputs = soundInputs(await makeThings(shop));
    const context = { idempotencyKey: newId('Event') };
    const first = await ask(shop, name, { input: inputs[name], context });
    const others = KEEPING_COMMANDS.filter((other) => other !== name);
    const codes: string[] = [];
    for (const other of others) codes.push(codeOf(await ask(shop, other, { input: inputs[other], context })));
    expect(codes).toEqual(others.map(() => 'IDEMPOTENCY_CONFLICT'));
    expect(await ask(shop, name, { input: inputs[name], context })).toEqual(first);
  });
});

describe('a key', () => {
  it('serves one of two commands that come at once, whichever they are', async () => {
    const things = await makeThings(shop);
    const inputs = soundInputs(things);
    const context = { idempotencyKey: newId('Event') };
    const names: readonly CommandName[] = ['createCart', 'adjustStock', 'upsertProduct'];
    const answers = await Promise.all(names.map((name) => ask(shop, name, { input: inputs[name], context })));
    expect(answers.map(codeOf).toSorted()).toEqual(['IDEMPOTENCY_CONFLICT', 'IDEMPOTENCY_CONFLICT', 'ok']);
  });

  it('keeps a refusal, too: a product that was not in the catalogue stays unknown to it', async () => {
    const id = newId('Product');
    const given = { input: { productId: id, delta: 5, reason: null }, context: { idempotencyKey: newId('Event') } };
    expect(codeOf(await ask(shop, 'adjustStock', given))).toBe('NOT_FOUND');
    await ask(shop, 'upsertProduct', { input: { id, name: 'Mug', price: '1', currency: 'EUR' } });
    expect(codeOf(await ask(shop, 'adjustStock', given))).toBe('NOT_FOUND');
    expect((await shop.saga.stockLevel(id))?.available ?? 0).toBe(0);
  });
});
