import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerReach } from '../../harness/support/reach.ts';
import { newId } from '../events/index.ts';
import {
  codeOf,
  filledCart,
  journalOf,
  keyed,
  newCart,
  newOrder,
  newProduct,
  OPERATOR,
  ownTypesOf,
  STOCK,
  shortage,
  valueOf,
  type WriteAtWork,
  writeAtWork,
} from './write.fixture.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const asAnn = { ...OPERATOR, reach: customerReach('ann') };
const asEve = { ...OPERATOR, reach: customerReach('eve') };

describe('a command', () => {
  it('answers with the cart that it made', async () => {
    const { write } = atWork;
    const productId = await newProduct(atWork, '0.10');
    const created = valueOf(await write.createCart({ customerId: 'ann', sessionId: 's1', currency: 'EUR' }, asAnn));
    expect(created).toMatchObject({ customerId: 'ann', sessionId: 's1', items: [], version: 1, orderId: null });
    const cartId = created.id;
    const added = valueOf(await write.addCartItem({ cartId, productId, quantity: 3 }, asAnn));
    expect(added.items).toEqual([{ id: '1', productId, quantity: 3, unitPriceMinor: 10 }]);
    const changed = valueOf(await write.setCartItemQuantity({ cartId, cartItemId: '1', quantity: 7 }, asAnn));
    expect(changed).toMatchObject({ items: [{ quantity: 7 }], version: 3 });
    const removed = valueOf(await write.removeCartItem({ cartId, cartItemId: '1' }, asAnn));
    expect(removed).toMatchObject({ items: [], version: 4 });
  });

  it('answers with the order that it made, changed or cancelled', async () => {
    const { write } = atWork;
    const cartId = await filledCart(atWork, 'ann');
    const order = valueOf(await write.checkOut({ cartId, paymentMethod: null }, asAnn));
    expect(order).toMatchObject({ version: 1, facts: { created: { data: { cartId, totalAmount: '21.00' } } } });
    const orderId = order.id;
    const paying = valueOf(await write.payOrder({ orderId, paymentMethod: 'pm_card_visa' }, asAnn));
    expect(paying).toMatchObject({ version: 2, facts: { paymentRequested: { data: { attempt: 1 } } } });
    const cancelled = valueOf(await write.cancelOrder({ orderId, reason: 'too slow' }, asAnn));
    expect(cancelled).toMatchObject({ version: 4, facts: { cancelled: { data: { reason: 'too slow' } } } });
    expect(await write.order(orderId, 'Everything')).toEqual(cancelled);
    expect(await atWork.other.order(orderId, 'Everything')).toEqual(cancelled);
  });

  it('answers with the product that it made', async () => {
    const id = newId('Product');
    const product = { id, name: 'Camera', price: '699.99', currency: 'EUR' };
    expect(valueOf(await atWork.write.upsertProduct({ ...product, name: ' Camera ' }, OPERATOR))).toEqual({
      ...product,
      stock: STOCK,
    });
    expect(await atWork.other.product(id)).toEqual(product);
    await atWork.write.upsertProduct(product, OPERATOR);
    expect(await ownTypesOf(atWork, id)).toEqual(['ProductUpserted']);
  });

  it('shows another process what it did, at once', async () => {
    const { write, other } = atWork;
    const [cartId, productId] = [await newCart(atWork), await newProduct(atWork)];
    const add = { cartId, productId, quantity: 1 };
    for (const side of [write, other, write, other]) valueOf(await side.addCartItem(add, OPERATOR));
    expect(valueOf(await write.addCartItem(add, OPERATOR)).items).toMatchObject([{ quantity: 5 }]);
  });
});

describe('a rejection', () => {
  const missing = newId('Cart');
  it.each([
    [
      'cart that does not exist',
      () => atWork.write.removeCartItem({ cartId: missing, cartItemId: '1' }, OPERATOR),
      'NOT_FOUND',
    ],
    [
      'order that does not exist',
      () => atWork.write.cancelOrder({ orderId: newId('Order'), reason: null }, OPERATOR),
      'NOT_FOUND',
    ],
    [
      'cart whose id cannot be one',
      () => atWork.write.removeCartItem({ cartId: 'garbage id', cartItemId: '1' }, OPERATOR),
      'INVALID_INPUT',
    ],
    [
      'product whose id cannot be one',
      () => atWork.write.addCartItem({ cartId: missing, productId: 'order_1', quantity: 1 }, OPERATOR),
      'INVALID_INPUT',
    ],
    [
      'unknown currency',
      () => atWork.write.createCart({ customerId: null, sessionId: null, currency: 'E' }, OPERATOR),
      'INVALID_INPUT',
    ],
    [
      'unknown payment method',
      () => atWork.write.checkOut({ cartId: missing, paymentMethod: 'gold' }, OPERATOR),
      'INVALID_INPUT',
    ],
    [
      'text too long',
      () => atWork.write.cancelOrder({ orderId: missing, reason: 'x'.repeat(501) }, OPERATOR),
      'INVALID_INPUT',
    ],
    [
      'text with NUL',
      () => atWork.write.createCart({ customerId: 'a\0', sessionId: null, currency: 'EUR' }, OPERATOR),
      'INVALID_INPUT',
    ],
    ['empty key', () => atWork.write.cancelOrder({ orderId: missing, reason: null }, keyed('')), 'INVALID_INPUT'],
    [
      'key too long',
      () => atWork.write.cancelOrder({ orderId: missing, reason: null }, keyed('x'.repeat(201))),
      'INVALID_INPUT',
    ],
  ] as const)('of a command with a %s', async (_, command, code) => {
    expect(codeOf(await command())).toBe(code);
  });

  it('tells why a cart cannot be changed', async () => {
    const { write } = atWork;
    const cartId = await filledCart(atWork, 'ann');
    const productId = await newProduct(atWork, '100', 'JPY');
    const add = (given: object) => write.addCartItem({ cartId, productId, quantity: 1, ...given }, asAnn);
    expect(codeOf(await add({}))).toBe('CURRENCY_MISMATCH');
    expect(codeOf(await add({ productId: 'prod_none' }))).toBe('NOT_FOUND');
    expect(codeOf(await add({ quantity: 0 }))).toBe('INVALID_INPUT');
    expect(codeOf(await write.removeCartItem({ cartId, cartItemId: '9' }, asAnn))).toBe('NOT_FOUND');
    expect(codeOf(await write.removeCartItem({ cartId, cartItemId: '1' }, asEve))).toBe('NOT_FOUND');
    const empty = await newCart(atWork);
    expect(codeOf(await write.checkOut({ cartId: empty, paymentMethod: null }, OPERATOR))).toBe('CART_EMPTY');
    valueOf(await write.checkOut({ cartId, paymentMethod: null }, asAnn));
    expect(codeOf(await add({}))).toBe('CART_CHECKED_OUT');
    expect(codeOf(await write.checkOut({ cartId, paymentMethod: null }, asEve))).toBe('NOT_FOUND');
  });

  it('tells why an order cannot be paid or cancelled', async () => {
    const { write } = atWork;
    const orderId = await newOrder(atWork);
    const pay = { orderId, paymentMethod: 'pm_card_visa' };
    expect(codeOf(await write.payOrder(pay, OPERATOR))).toBe('PAYMENT_IN_PROGRESS');
    await write.handle([shortage(orderId)]);
    expect(codeOf(await write.payOrder(pay, OPERATOR))).toBe('ORDER_CLOSED');
    expect(codeOf(await write.cancelOrder({ orderId, reason: null }, OPERATOR))).toBe('ORDER_CLOSED');
  });
});

const createAs = (customerId: string | null, idempotencyKey: string) =>
  atWork.write.createCart(
    { customerId: null, sessionId: null, currency: 'EUR' },
    { ...OPERATOR, reach: customerId === null ? 'Everything' : customerReach(customerId), idempotencyKey },
  );

describe('what another process changed', () => {
  it('counts for a command that would write nothing without it', async () => {
    const { write, other } = atWork;
    const [cartId, productId] = [await newCart(atWork), await newProduct(atWork)];
    valueOf(await other.addCartItem({ cartId, productId, quantity: 1 }, OPERATOR));
    valueOf(await other.setCartItemQuantity({ cartId, cartItemId: '1', quantity: 2 }, OPERATOR));
    expect(codeOf(await write.checkOut({ cartId, paymentMethod: null }, OPERATOR))).toBe('ok');
  });
});

describe('an idempotency key', () => {
  it('gives the same answer again, whatever has become of the cart', async () => {
    const { write, other } = atWork;
    const [cartId, productId] = [await newCart(atWork), await newProduct(atWork)];
    const add = { cartId, productId, quantity: 2 };
    const key = keyed(newId('Event'));
    const first = await write.addCartItem(add, key);
    valueOf(await write.addCartItem(add, OPERATOR));
    expect(await write.addCartItem(add, key)).toEqual(first);
    expect(await other.addCartItem(add, key)).toEqual(first);
    expect(await journalOf(atWork, cartId)).toHaveLength(3);
  });

  it('gives the same answer to many at once, in two processes', async () => {
    const { write, other } = atWork;
    const key = keyed(newId('Event'));
    const command = { customerId: null, sessionId: null, currency: 'EUR' };
    const answers = await Promise.all(times(20).map((nth) => (nth % 2 ? write : other).createCart(command, key)));
    expect(new Set(answers.map((answer) => valueOf(answer).id)).size).toBe(1);
  });

  it('gives the same rejection again, though the command would now succeed', async () => {
    const { write, other } = atWork;
    const cartId = await newCart(atWork);
    const key = keyed(newId('Event'));
    const rejections = await Promise.all(
      times(20).map((nth) => (nth % 2 ? write : other).checkOut({ cartId, paymentMethod: null }, key)),
    );
    const productId = await newProduct(atWork);
    valueOf(await write.addCartItem({ cartId, productId, quantity: 1 }, OPERATOR));
    rejections.push(await write.checkOut({ cartId, paymentMethod: null }, key));
    expect(new Set(rejections.map(codeOf))).toEqual(new Set(['CART_EMPTY']));
    expect(codeOf(await write.checkOut({ cartId, paymentMethod: null }, keyed(newId('Event'))))).toBe('ok');
  });

  it('stands for one command and one input', async () => {
    const { write } = atWork;
    const [cartId, productId] = [await filledCart(atWork), await newProduct(atWork)];
    const key = keyed(newId('Event'));
    valueOf(await write.addCartItem({ cartId, productId, quantity: 1 }, key));
    const others = [
      write.addCartItem({ cartId, productId, quantity: 2 }, key),
      write.addCartItem({ cartId, productId, quantity: 1 }, { ...key, expectedVersion: 3 }),
      write.removeCartItem({ cartId, cartItemId: '1' }, key),
      write.checkOut({ cartId, paymentMethod: null }, key),
    ];
    expect(new Set((await Promise.all(others)).map(codeOf))).toEqual(new Set(['IDEMPOTENCY_CONFLICT']));
    expect(await journalOf(atWork, cartId)).toHaveLength(3);
  });

  it('is the customer’s own', async () => {
    const key = newId('Event');
    const answers = [await createAs('ann', key), await createAs('eve', key), await createAs(null, key)];
    answers.push(
      await createAs('ann', `,lee ${key}`),
      await createAs('ann,lee', key),
      await createAs(null, `ann,lee ${key}`),
    );
    expect(new Set(answers.map((answer) => valueOf(answer).id)).size).toBe(6);
  });

  it('of a checkout gives the same order', async () => {
    const cartId = await filledCart(atWork);
    const key = keyed(newId('Event'));
    const command = { cartId, paymentMethod: 'pm_card_visa' };
    const answers = await Promise.all(
      times(20).map((nth) => (nth % 2 ? atWork.write : atWork.other).checkOut(command, key)),
    );
    expect(new Set(answers.map((answer) => valueOf(answer).id)).size).toBe(1);
  });
});

describe('many at once', () => {
  it('who check out one cart get one order', async () => {
    const cartId = await filledCart(atWork);
    const command = { cartId, paymentMethod: null };
    const answers = await Promise.all(
      times(20).map((nth) => (nth % 2 ? atWork.write : atWork.other).checkOut(command, OPERATOR)),
    );
    const orderIds = new Set(answers.map((answer) => valueOf(answer).id));
    expect(orderIds.size).toBe(1);
    expect(await ownTypesOf(atWork, [...orderIds][0] ?? '')).toEqual(['OrderCreated']);
    const { db } = atWork.database;
    const orders = await db.selectFrom('write.journal').select('data').where('type', '=', 'OrderCreated').execute();
    expect(orders.filter(({ data }) => 'cart_id' in data && data.cart_id === cartId)).toHaveLength(1);
  });

  it('who fill one cart all find their item in it', async () => {
    const [cartId, ...productIds] = [await newCart(atWork), await newProduct(atWork), await newProduct(atWork)];
    const answers = await Promise.all(
      times(50).map((nth) =>
        (nth % 2 ? atWork.write : atWork.other).addCartItem(
          { cartId, productId: productIds[nth % 3 === 0 ? 0 : 1] ?? '', quantity: 1 },
          OPERATOR,
        ),
      ),
    );
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['ok']));
    const events = await journalOf(atWork, cartId);
    expect(events.map(({ version }) => version)).toEqual(times(51).map((nth) => nth + 1));
    const last = valueOf(
      await atWork.write
        .setCartItemQuantity({ cartId, cartItemId: '9', quantity: 0 }, OPERATOR)
        .then(() => atWork.other.addCartItem({ cartId, productId: productIds[0] ?? '', quantity: 1 }, OPERATOR)),
    );
    expect(last.items.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(51);
  });

  it('who expect the same version are let through one at a time', async () => {
    const cartId = await filledCart(atWork);
    const context = { ...OPERATOR, expectedVersion: 2 };
    const answers = await Promise.all(
      times(10).map((nth) =>
        (nth % 2 ? atWork.write : atWork.other).setCartItemQuantity(
          { cartId, cartItemId: '1', quantity: nth + 10 },
          context,
        ),
      ),
    );
    expect(answers.map(codeOf).toSorted()).toEqual([...times(9).map(() => 'VERSION_CONFLICT'), 'ok']);
  });
});
