import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerReach } from '../../../harness/support/reach.ts';
import { recorded } from '../../../harness/support/recorded.ts';
import { type DomainEvent, MAX_LINES, MAX_QUANTITY, type Rejection } from '../../events/index.ts';
import type { Result } from '../../platform/index.ts';
import { advance, type Decision, emptyAggregate, type Loaded } from '../execution/aggregate.ts';
import type { CommandContext } from '../execution/commander.ts';
import type { PaymentMethod } from '../payment/provider.ts';
import * as carts from './cart.ts';
import { type Cart, cartAggregate } from './cart.ts';
import { addItems, type OfferedProduct, removeItem, setQuantity } from './change-items.ts';
import { checkOut } from './check-out.ts';

const OPERATOR: CommandContext = { idempotencyKey: null, traceparent: null, reach: 'Everything' };
const cartAfter = (...events: readonly DomainEvent[]): Loaded<Cart> =>
  events.reduce(
    (loaded, event) =>
      advance(loaded, cartAggregate, { ...recorded(event, { aggregateId: 'cart_1' }), received: false }),
    emptyAggregate('cart_1', cartAggregate),
  );

const createdFor = (customerId: string | null): DomainEvent => ({
  type: 'CartCreated',
  data: { customerId, sessionId: null, currency: 'EUR' },
});
const created = createdFor(null);
const added = (
  cartItemId: string,
  productId: string,
  given: { quantity?: number; unitPrice?: string } = {},
): DomainEvent => ({
  type: 'CartItemAdded',
  data: { cartItemId, productId, quantity: 1, unitPrice: '10.50', ...given },
});
const checkedOut: DomainEvent = { type: 'CartCheckedOut', data: { orderId: 'order_1', totalAmount: '10.50' } };

type OpenCart = Extract<Cart, { status: 'Open' }>;
type Change = (cart: OpenCart) => Result<Decision, Rejection>;

const onCart = (loaded: Loaded<Cart>, change: Change, context = OPERATOR): Result<Decision, Rejection> => {
  const open = carts.openFor(loaded, context);
  return open.ok ? change(open.value) : open;
};

const add =
  (id: string, quantity: number, offered: { price?: string; currency?: string } = {}): Change =>
  (cart) =>
    addItems(cart, [
      { productId: id, product: { id, price: '10.50', currency: 'EUR', ...offered }, quantity, path: [] },
    ]);
const setTo =
  (cartItemId: string, quantity: number, offered: OfferedProduct | null = null): Change =>
  (cart) =>
    setQuantity(cart, { cartItemId, quantity }, offered);
const remove =
  (id: string): Change =>
  (cart) =>
    removeItem(cart, id);

const rejection = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });
const decides = (...events: readonly DomainEvent[]) => ({ ok: true, value: { events } });

describe('create a cart', () => {
  it('records for whom and in which currency', () => {
    const command = { customerId: 'ann', sessionId: 's1', currency: 'JPY' };
    expect(carts.createCart(command)).toEqual({ events: [{ type: 'CartCreated', data: command }] });
  });
});

describe('add an item', () => {
  it('records the price of the day', () => {
    expect(onCart(cartAfter(created), add('prod_1', 2, { price: '3.20' }))).toEqual(
      decides(added('1', 'prod_1', { quantity: 2, unitPrice: '3.20' })),
    );
  });

  it('never gives the number of a removed item to another one', () => {
    const removed: DomainEvent = { type: 'CartItemRemoved', data: { cartItemId: '1' } };
    const cart = cartAfter(created, added('1', 'prod_1'), removed);
    expect(onCart(cart, add('prod_2', 1))).toEqual(decides(added('2', 'prod_2')));
  });

  it('grows the line of a product that the cart has already', () => {
    const changed: DomainEvent = { type: 'CartItemQuantityChanged', data: { cartItemId: '1', quantity: 5 } };
    expect(onCart(cartAfter(created, added('1', 'prod_1', { quantity: 2 })), add('prod_1', 3))).toEqual(
      decides(changed),
    );
  });

  it('rejects a product in another currency', () => {
    expect(onCart(cartAfter(created), add('prod_1', 1, { price: '100', currency: 'JPY' }))).toEqual(
      rejection('CURRENCY_MISMATCH'),
    );
  });

  it('rejects to grow a line beyond its bound', () => {
    const cart = cartAfter(created, added('1', 'prod_1', { quantity: MAX_QUANTITY }));
    expect(onCart(cart, add('prod_1', 1))).toEqual({
      ok: false,
      error: {
        code: 'INVALID_INPUT',
        message: 'At most 999 of a product fit in a cart: it has 999 of prod_1, so none more fits in.',
        path: ['quantity'],
      },
    });
  });

  it('says how many more fit', () => {
    const cart = cartAfter(created, added('1', 'prod_1', { quantity: MAX_QUANTITY - 9 }));
    expect(onCart(cart, add('prod_1', 10))).toMatchObject({
      error: { path: ['quantity'], allowed: { type: 'integer', minimum: 1, maximum: 9 } },
    });
  });

  it('rejects one product too many', () => {
    const items = Array.from({ length: MAX_LINES }, (_, index) => added(String(index + 1), `prod_${index + 1}`));
    const cart = cartAfter(created, ...items);
    expect(onCart(cart, add('prod_x', 1))).toEqual(rejection('INVALID_INPUT'));
    expect(onCart(cart, add('prod_1', 1)).ok).toBe(true);
  });
});

describe('set a quantity', () => {
  const cart = cartAfter(created, added('1', 'prod_1', { quantity: 2 }));

  it('records the new one', () => {
    const changed: DomainEvent = { type: 'CartItemQuantityChanged', data: { cartItemId: '1', quantity: 7 } };
    expect(onCart(cart, setTo('1', 7))).toEqual(decides(changed));
  });

  it('removes the item at zero', () => {
    expect(onCart(cart, setTo('1', 0))).toEqual(decides({ type: 'CartItemRemoved', data: { cartItemId: '1' } }));
  });

  it('decides nothing when it is so already', () => {
    expect(onCart(cart, setTo('1', 2))).toEqual(decides());
  });

  it.each([
    ['2', 1, 'NOT_FOUND'],
    ['2', 0, 'NOT_FOUND'],
  ])('of item %s to %d is rejected: %s', (id, quantity, code) => {
    expect(onCart(cart, setTo(id, quantity))).toEqual(rejection(code));
  });
});

describe('a line whose product is sold in another currency by now', () => {
  const cart = cartAfter(created, added('1', 'prod_1', { quantity: 2 }));
  const inDollars = { id: 'prod_1', price: '3.00', currency: 'USD' };

  it('does not grow', () => {
    expect(onCart(cart, setTo('1', 3, inDollars))).toEqual(rejection('CURRENCY_MISMATCH'));
    expect(onCart(cart, setTo('1', 3, { ...inDollars, currency: 'EUR' })).ok).toBe(true);
  });

  it.each([0, 1, 2])('may be set to %d', (quantity) => {
    expect(onCart(cart, setTo('1', quantity, inDollars)).ok).toBe(true);
  });
});

describe('remove an item', () => {
  it('rejects an item that is not there', () => {
    expect(onCart(cartAfter(created), remove('1'))).toEqual(rejection('NOT_FOUND'));
  });
});

const payment = (method: PaymentMethod | null = null) => ({ method, keptReference: async () => null });
const CARD: PaymentMethod = { reference: 'pm_card_visa', kind: 'CARD' };

describe('check out', () => {
  it('turns the cart into an order at its prices', () => {
    const cart = cartAfter(
      createdFor('ann'),
      added('1', 'prod_1', { quantity: 3, unitPrice: '0.10' }),
      added('2', 'prod_2', { quantity: 1, unitPrice: '699.99' }),
    );
    const decided = checkOut(cart, payment(CARD), OPERATOR);
    if (!decided.ok) throw new Error(decided.error.message);
    const { events, opens, keeps } = decided.value;
    expect(keeps).toEqual({ orderId: opens?.aggregateId, reference: 'pm_card_visa' });
    expect(JSON.stringify([events, opens])).not.toContain('pm_card_visa');
    const orderId = opens?.aggregateId ?? '';
    expect(events).toEqual([{ type: 'CartCheckedOut', data: { orderId, totalAmount: '700.29' } }]);
    expect(opens?.events).toMatchObject([
      {
        type: 'OrderCreated',
        data: {
          orderId,
          cartId: 'cart_1',
          customerId: 'ann',
          totalAmount: '700.29',
          methodKind: 'CARD',
          lines: [
            { productId: 'prod_1', quantity: 3, unitPrice: '0.10' },
            { productId: 'prod_2', quantity: 1, unitPrice: '699.99' },
          ],
        },
      },
    ]);
  });

  it('leaves the second time to the order of the first', async () => {
    const cart = cartAfter(created, added('1', 'prod_1'), checkedOut);
    const decided = checkOut(cart, payment(), OPERATOR);
    if (!decided.ok) throw new Error(decided.error.message);
    expect(decided.value.events).toEqual([]);
    expect(await decided.value.handsOver?.()).toMatchObject({ id: 'order_1' });
  });

  it('expects its version the second time, too', () => {
    const cart = cartAfter(created, added('1', 'prod_1'), checkedOut);
    expect(checkOut(cart, payment(), { ...OPERATOR, expectedVersion: 2 })).toEqual(rejection('VERSION_CONFLICT'));
    expect(checkOut(cart, payment(), { ...OPERATOR, expectedVersion: 3 }).ok).toBe(true);
  });

  it('rejects a cart without items', () => {
    expect(checkOut(cartAfter(created), payment(), OPERATOR)).toEqual(rejection('CART_EMPTY'));
  });

  it('does not tell a customer of the order of another one', () => {
    const cart = cartAfter(createdFor('ann'), added('1', 'prod_1'), checkedOut);
    expect(checkOut(cart, payment(), { ...OPERATOR, reach: customerReach('eve') })).toEqual(rejection('NOT_FOUND'));
  });
});

describe('a cart', () => {
  const cart = cartAfter(createdFor('ann'), added('1', 'prod_1'));

  it.each([
    ['of another customer', cart, { ...OPERATOR, reach: customerReach('eve') }, 'NOT_FOUND'],
    ['that does not exist', cartAfter(), OPERATOR, 'NOT_FOUND'],
    ['at another version', cart, { ...OPERATOR, expectedVersion: 1 }, 'VERSION_CONFLICT'],
    ['that is checked out', cartAfter(created, added('1', 'p'), checkedOut), OPERATOR, 'CART_CHECKED_OUT'],
  ] as const)('%s cannot be changed', (...[, loaded, context, code]) => {
    expect(carts.openFor(loaded, context)).toEqual(rejection(code));
  });

  it('can be changed by its customer, by an operator, and at the version that was expected', () => {
    const contexts = [OPERATOR, { ...OPERATOR, reach: customerReach('ann') }, { ...OPERATOR, expectedVersion: 2 }];
    expect(contexts.map((context) => carts.openFor(cart, context).ok)).toEqual([true, true, true]);
  });

  it('of nobody can be changed by nobody but operators', () => {
    expect(carts.openFor(cartAfter(created), OPERATOR).ok).toBe(true);
    expect(carts.openFor(cartAfter(created), { ...OPERATOR, reach: customerReach('ann') }).ok).toBe(false);
  });
});

const apply = (loaded: Loaded<Cart>, decided: Result<Decision, Rejection>): Loaded<Cart> =>
  (decided.ok ? decided.value.events : []).reduce(
    (cart, event) => advance(cart, cartAggregate, { ...recorded(event, { aggregateId: 'cart_1' }), received: false }),
    loaded,
  );
const itemsOf = ({ state }: Loaded<Cart>) => (state.status === 'None' ? [] : state.items);

describe('whatever is asked of a cart', () => {
  const products = fc.constantFrom('prod_1', 'prod_2', 'prod_3');
  /** As they come through the door. */
  const quantities = fc.integer({ min: 1, max: MAX_QUANTITY });
  /** Some are no binary fractions. */
  const prices = fc.constantFrom('10.50', '0.29', '699.99');
  const itemIds = fc.constantFrom('1', '2', '3', '4');
  const changes: fc.Arbitrary<Change> = fc.oneof(
    fc.tuple(products, quantities, prices).map(([id, quantity, price]) => add(id, quantity, { price })),
    fc.tuple(itemIds, quantities).map(([id, quantity]) => setTo(id, quantity)),
    itemIds.map((id) => remove(id)),
  );
  it('keeps one line a product, in bounds, and its total exact', () => {
    fc.assert(
      fc.property(fc.array(changes), (asked) => {
        const items = itemsOf(asked.reduce((cart, change) => apply(cart, onCart(cart, change)), cartAfter(created)));
        expect(new Set(items.map(({ productId }) => productId)).size).toBe(items.length);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        expect(items.every(({ quantity }) => quantity >= 1 && quantity <= MAX_QUANTITY)).toBe(true);
        const exact = items.reduce((total, item) => total + BigInt(item.quantity) * BigInt(item.unitPriceMinor), 0n);
        expect(BigInt(carts.totalMinorOf(items))).toBe(exact);
      }),
    );
  });

  it('setting the same quantity, or checking out, twice decides nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(changes), itemIds, quantities, (asked, id, quantity) => {
        const cart = asked.reduce((loaded, change) => apply(loaded, onCart(loaded, change)), cartAfter(created));
        const once = apply(cart, onCart(cart, setTo(id, quantity)));
        expect(apply(once, onCart(once, setTo(id, quantity))).version).toBe(once.version);
        const closed = apply(once, checkOut(once, payment(), OPERATOR));
        expect(apply(closed, checkOut(closed, payment(), OPERATOR)).version).toBe(closed.version);
      }),
    );
  });
});
