import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerReach, visitorReach } from '../../harness/support/reach.ts';
import { isCustomerId, newId, type Reach, type Rejection } from '../events/index.ts';
import type { Result } from '../platform/index.ts';
import { admit } from './admit.ts';
import type { CommandInput } from './catalogue.ts';
import type { CommandContext } from './context.ts';

const OPERATOR: CommandContext = { idempotencyKey: null, traceparent: null, reach: 'Everything' };
const keyed = (idempotencyKey: string, reach: Reach = 'Everything'): CommandContext => ({
  ...OPERATOR,
  idempotencyKey,
  reach,
});

const BICYCLE = '\u{1f6b2}';
const product = { id: 'prod_1', name: 'Camera', price: '699.99', currency: 'EUR' };
const upsert = (given: Partial<CommandInput<'upsertProduct'>>) =>
  admit('upsertProduct', { ...product, ...given }, OPERATOR);
const set = (quantity: number) =>
  admit('setCartItemQuantity', { cartId: 'cart_1', cartItemId: '1', quantity }, OPERATOR);
const remove = (cartItemId: string, context = OPERATOR) =>
  admit('removeCartItem', { cartId: 'cart_1', cartItemId }, context);
const cancel = (reason: string, context = OPERATOR) => admit('cancelOrder', { orderId: 'order_1', reason }, context);

const inputOf = <T>(result: Result<{ readonly input: T }, Rejection>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value.input;
};
const messageOf = (result: Result<unknown, Rejection>): string => (result.ok ? 'taken' : result.error.message);

describe('an item of a cart', () => {
  it('is named by its id or, as events have it, by its number: that is the same request', () => {
    const [byId, byNumber] = [remove('item_1/2', keyed('a')), remove('2', keyed('a'))];
    expect([inputOf(byId), inputOf(byNumber)]).toEqual([
      { cartId: 'cart_1', cartItemId: '2' },
      { cartId: 'cart_1', cartItemId: '2' },
    ]);
    expect(byId).toEqual(byNumber);
  });

  it('of another cart is refused in words', () => {
    expect(messageOf(remove('item_2/1'))).toBe(
      'cartItemId: item_2/1 is an item of another cart, cart_2, not of cart_1.',
    );
  });

  it('as it was is refused in words', () => {
    expect(messageOf(remove('item_1/1@2026-11-30T09:30:00.000Z'))).toContain('leave out what follows the @.');
  });
});

describe('the name of a product', () => {
  it('has 200 characters, whatever units they take', () => {
    expect(inputOf(upsert({ name: BICYCLE.repeat(200) })).name).toBe(BICYCLE.repeat(200));
    expect(messageOf(upsert({ name: BICYCLE.repeat(201) }))).toBe('name has 1 to 200 characters.');
  });

  it('is composed, and stands without spaces around it', () => {
    expect(inputOf(upsert({ name: '  Cafe\u0301 ' })).name).toBe('Caf\u00e9');
  });

  it('has no more than its characters when composing makes it longer', () => {
    expect(inputOf(upsert({ name: '\u0958'.repeat(100) })).name.length).toBe(200);
    expect(messageOf(upsert({ name: '\u0958'.repeat(101) }))).toBe('name has 1 to 200 characters.');
  });

  it('is something to be seen', () => {
    expect(messageOf(upsert({ name: '\u200b\u200b' }))).toBe('name shows nothing: it needs a visible character.');
  });
});

describe('a price', () => {
  it.each([
    ['1.5000000', 'EUR', '1.50'],
    ['7', 'EUR', '7.00'],
    ['10.50', 'HUF', '10.50'],
    ['10.5', 'IQD', '10.500'],
    ['100.00', 'JPY', '100'],
    ['1', 'VED', '1.00'],
    ['10000000.00', 'EUR', '10000000.00'],
  ])('of %s %s is recorded as %s', (price, currency, recorded) => {
    expect(inputOf(upsert({ price, currency })).price).toBe(recorded);
  });

  it('says what would do', () => {
    expect(messageOf(upsert({ price: '1.505' }))).toBe(
      'price: 1.505 is not a decimal number from 0 to 10000000.00, in whole minor units of EUR.',
    );
    expect(messageOf(upsert({ currency: 'XAU' }))).toBe(
      'currency: XAU is no currency of ISO 4217 (2026-01-01) with a minor unit.',
    );
  });
});

describe('a refusal', () => {
  it('tells the bounds of its own field', () => {
    expect(messageOf(set(-1))).toBe('quantity is a whole number from 0 to 999, not -1.');
    const add = admit('addCartItem', { cartId: 'cart_1', productId: 'prod_1', quantity: 0 }, OPERATOR);
    expect(messageOf(add)).toBe('quantity is a whole number from 1 to 999, not 0.');
  });

  it('is well formed itself, whatever it quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (id) => {
        const message = messageOf(admit('retryDeadLetter', { id: `${id}\ud83d` }, OPERATOR));
        expect([message.isWellFormed(), message.length < 400]).toEqual([true, true]);
      }),
    );
  });
});

describe('a reason', () => {
  it('may have several lines', () => {
    expect(inputOf(cancel(' too slow,\n\ttoo dear ')).reason).toBe('too slow,\n\ttoo dear');
  });
});

const create = (customerId: string | null, context = OPERATOR) =>
  admit('createCart', { customerId, sessionId: null, currency: 'EUR' }, context);

describe('the owner of a new cart', () => {
  it('is the customer who commands, or whom an operator names', () => {
    expect(inputOf(create('eve', { ...OPERATOR, reach: customerReach('ann') })).customerId).toBe('ann');
    expect(inputOf(create('eve')).customerId).toBe('eve');
    expect(inputOf(create(null)).customerId).toBeNull();
  });

  it('is the visitor who commands, whatever the input says', () => {
    const asVisitor = { ...OPERATOR, reach: visitorReach('visit_1') };
    const given = { customerId: 'eve', sessionId: 'visit_2', currency: 'EUR' };
    expect(inputOf(admit('createCart', given, asVisitor))).toMatchObject({ customerId: null, sessionId: 'visit_1' });
    expect(inputOf(admit('createCart', given, OPERATOR))).toMatchObject({ customerId: 'eve', sessionId: 'visit_2' });
  });

  it('is somebody: nobody has carts', () => {
    expect(messageOf(create(null, { ...OPERATOR, reach: 'Nothing' }))).toBe(
      'Nobody has carts: call startVisit, or sign in.',
    );
  });

  it('is one whom a token can name, exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 210 }), (id) => {
        expect(create(id).ok).toBe(isCustomerId(id));
      }),
    );
    expect(messageOf(create('zoë'))).toContain('ASCII');
  });
});

const requestOf = (result: ReturnType<typeof cancel>) => (result.ok ? result.value.request : null);

const keyOfShop = (reach: Reach) => requestOf(cancel('', { ...keyed('k', reach), subject: 'service shop' }))?.key;

const TEXTS = fc.constantFrom('a', 'b', '"', ',', '[', ']', 'a","b', 'null', '\\', 'visitor', 'subject');

/** Everybody who may command. */
const keepers: fc.Arbitrary<Pick<CommandContext, 'reach' | 'subject'>> = fc.oneof(
  TEXTS.map((id) => ({ reach: customerReach(id) })),
  TEXTS.map((id) => ({ reach: visitorReach(id) })),
  TEXTS.map((subject) => ({ reach: 'Everything' as const, subject })),
  fc.constant({ reach: 'Everything' as const }),
);

describe('a key', () => {
  it('is of whoever commands alone, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.tuple(TEXTS, keepers), fc.tuple(TEXTS, keepers), (one, other) => {
        const [first, second] = [one, other].map(
          ([idempotencyKey, who]) => requestOf(cancel('', { ...OPERATOR, ...who, idempotencyKey }))?.key,
        );
        expect(first === second).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it('of a subject is the same, whatever its scopes reach by now', () => {
    expect(keyOfShop('Nothing')).toBe(keyOfShop('Everything'));
  });

  it('of a customer is what it was before there were visitors', () => {
    expect(requestOf(cancel('', keyed('k', customerReach('ann'))))?.key).toBe('["ann","k"]');
  });

  it('stands for one command and all that it asks for', () => {
    const orderId = newId('Order');
    const hashes = [
      cancel('a', keyed('k')),
      cancel('b', keyed('k')),
      admit('cancelOrder', { orderId, reason: 'a' }, keyed('k')),
      admit('payOrder', { orderId, paymentMethod: 'a' }, keyed('k')),
      admit('payOrder', { orderId, paymentMethod: 'a' }, { ...keyed('k'), expectedVersion: 1 }),
      admit('payOrder', { orderId, paymentMethod: 'a', reason: 'b' }, keyed('k')),
    ].map((command) => (command.ok ? command.value.request?.hash : 'refused'));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('stands for the same command when a field that came later is left out, or null', () => {
    const [left, none] = [{}, { reason: null }].map((later) => {
      const command = admit('payOrder', { orderId: 'order_1', paymentMethod: 'a', ...later }, keyed('k'));
      return command.ok ? command.value.request?.hash : 'refused';
    });
    const before = { command: 'payOrder', orderId: 'order_1', paymentMethod: 'a', expectedVersion: null };
    expect([left, none]).toEqual(Array(2).fill(hash('sha256', JSON.stringify(before), 'base64url')));
  });

  it('has 1 to 200 characters', () => {
    expect(cancel('', keyed(BICYCLE.repeat(200))).ok).toBe(true);
    for (const key of ['', 'k'.repeat(201), 'a\0b']) expect(cancel('', keyed(key)).ok).toBe(false);
  });
});
