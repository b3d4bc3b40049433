import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerReach } from '../../harness/support/reach.ts';
import { newId } from '../../src/events/index.ts';
import { ask, codeOf, makeThings, OPERATOR, openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const METHOD = 'pm_card_visa';
const OTHER = 'pm_card_chargeDeclined';

/** A cart that is checked out, with this method. */
const checkedOut = async (paymentMethod: string | null) => {
  const { cartId } = await makeThings(shop);
  const order = await shop.write.checkOut({ cartId, paymentMethod }, OPERATOR);
  if (!order.ok) throw new Error(order.error.message);
  return { cartId, orderId: order.value.id };
};

const again = (cartId: string, paymentMethod: string | null, context = {}) =>
  ask(shop, 'checkout', { input: { cartId, paymentMethod }, context });

const factsOf = async (orderId: string) => (await shop.write.order(orderId, 'Everything'))?.facts;

describe('checking out a cart that is an order already', () => {
  it('takes a payment method that comes only now, as payOrder would', async () => {
    const { cartId, orderId } = await checkedOut(null);
    expect(await again(cartId, METHOD)).toMatchObject({ ok: true, value: { id: orderId } });
    expect((await factsOf(orderId))?.paymentRequested?.data).toMatchObject({ methodKind: 'CARD' });
  });

  it('refuses another method than the order is being paid by', async () => {
    const { cartId } = await checkedOut(METHOD);
    expect(codeOf(await again(cartId, OTHER))).toBe('PAYMENT_IN_PROGRESS');
  });

  it('refuses a method when the order is over', async () => {
    const { cartId, orderId } = await checkedOut(null);
    await ask(shop, 'cancelOrder', { input: { orderId, reason: null } });
    expect(codeOf(await again(cartId, METHOD))).toBe('ORDER_CLOSED');
  });

  it.each([null, METHOD])(
    'with the same method, %s, is the same request: the same order, however it stands',
    async (method) => {
      const { cartId, orderId } = await checkedOut(method);
      expect(await again(cartId, method)).toMatchObject({ ok: true, value: { id: orderId } });
      await ask(shop, 'cancelOrder', { input: { orderId, reason: null } });
      expect(await again(cartId, method)).toMatchObject({ ok: true, value: { id: orderId } });
    },
  );

  it('expects the version that it names', async () => {
    const { cartId } = await checkedOut(null);
    const version = (await shop.write.cart(cartId, 'Everything'))?.version ?? 0;
    expect(codeOf(await again(cartId, null, { expectedVersion: version - 1 }))).toBe('VERSION_CONFLICT');
    expect(codeOf(await again(cartId, METHOD, { expectedVersion: version - 1 }))).toBe('VERSION_CONFLICT');
    expect(codeOf(await again(cartId, null, { expectedVersion: version }))).toBe('ok');
  });

  it('answers one new key twice with the order of the first time', async () => {
    const { cartId, orderId } = await checkedOut(null);
    const context = { idempotencyKey: newId('Event') };
    const first = await again(cartId, null, context);
    await ask(shop, 'cancelOrder', { input: { orderId, reason: null } });
    expect(await again(cartId, null, context)).toEqual(first);
  });

  it('is refused to another customer', async () => {
    const { write } = shop;
    const { productId } = await makeThings(shop);
    const asAnn = { ...OPERATOR, reach: customerReach('ann') };
    const cart = await write.createCart({ customerId: null, sessionId: null, currency: 'EUR' }, asAnn);
    const cartId = cart.ok ? cart.value.id : '';
    await write.addCartItem({ cartId, productId, quantity: 1 }, asAnn);
    await write.checkOut({ cartId, paymentMethod: null }, asAnn);
    expect(codeOf(await again(cartId, METHOD, { reach: customerReach('eve') }))).toBe('NOT_FOUND');
  });
});

describe('a dormant cart', () => {
  it('whose product is sold in another currency by now only shrinks', async () => {
    const { cartId, productId } = await makeThings(shop);
    const set = async (quantity: number) =>
      codeOf(await ask(shop, 'setCartItemQuantity', { input: { cartId, cartItemId: '1', quantity } }));
    await ask(shop, 'upsertProduct', { input: { id: productId, name: 'Camera', price: '10.50', currency: 'USD' } });
    expect([await set(3), await set(1), await set(2), await set(0)]).toEqual([
      'CURRENCY_MISMATCH',
      'ok',
      'CURRENCY_MISMATCH',
      'ok',
    ]);
  });
});

describe('a cart with as many changes as it may see', () => {
  it('grows no more, and can still be emptied line by line, or checked out', async () => {
    const { cartId, productId } = await makeThings(shop);
    const input = { cartId, cartItemId: '1' };
    for (let nth = 0; nth < 499; nth += 1) {
      for (const quantity of [4, 3]) await ask(shop, 'setCartItemQuantity', { input: { ...input, quantity } });
    }
    expect((await shop.write.cart(cartId, 'Everything'))?.version).toBe(1_000);
    expect(codeOf(await ask(shop, 'setCartItemQuantity', { input: { ...input, quantity: 4 } }))).toBe('INVALID_INPUT');
    expect(codeOf(await ask(shop, 'addCartItem', { input: { cartId, productId, quantity: 1 } }))).toBe('INVALID_INPUT');
    expect(codeOf(await ask(shop, 'setCartItemQuantity', { input: { ...input, quantity: 1 } }))).toBe('ok');
    expect(codeOf(await ask(shop, 'checkout', { input: { cartId, paymentMethod: null } }))).toBe('ok');
  });
});
