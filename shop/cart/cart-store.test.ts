import { describe, expect, it } from 'vitest';
import type { ShopCartFragment } from '../../ui/generated/operations.ts';
import type { CartAnswer, CartCommands } from './cart-commands.ts';
import { CartStore, countOf, isAwaited } from './cart-store.ts';

const EUR = { amount: '1.00', currency: 'EUR' };

const cartOf = (version: number, quantities: Readonly<Record<string, number>>, id = 'cart_1'): ShopCartFragment => ({
  id,
  status: 'OPEN',
  version,
  totalItems: 0,
  totalAmount: EUR,
  items: Object.entries(quantities).map(([productId, quantity]) => ({
    id: `item_${productId}`,
    productId,
    quantity,
    unitPrice: EUR,
    lineTotal: EUR,
    product: null,
  })),
  order: null,
});

const as = (cart: ShopCartFragment): CartAnswer => ({ kind: 'Done', value: cart });

const refused = (code: string): CartAnswer => ({ kind: 'Refused', code, message: `It is ${code}.` });

/** A store of which each command is noted, and answered as the test says. */
const stage = (answers: readonly CartAnswer[], cartId: string | null = 'cart_1') => {
  const asked: string[] = [];
  const keys: string[] = [];
  const left = [...answers];
  const answer = async (what: string): Promise<CartAnswer> => {
    asked.push(what);
    return left.shift() ?? refused('UNEXPECTED');
  };
  const commands: CartCommands = {
    create: (key) => answer(`create ${key}`),
    add: ({ cartId: to, productId, quantity, idempotencyKey }) => {
      keys.push(idempotencyKey);
      return answer(`add ${quantity} ${productId} to ${to}`);
    },
    set: (input) => answer(`set ${input.cartItemId} to ${input.quantity} at ${input.expectedVersion}`),
  };
  let kept = cartId;
  const keepCart = (id: string): void => {
    kept = id;
  };
  const again = Promise.withResolvers<void>();
  let made = 0;
  const newKey = (): string => `key_${++made}`;
  const parts = { commands, cartId: () => kept, keepCart, newKey, again: () => again.promise };
  const endVisit = (): void => {
    kept = null;
  };
  return { store: new CartStore(parts), asked, keys, endVisit, answers: again.resolve };
};

describe('the cart of the shop', () => {
  it('makes a cart when there is none, and counts what is under way', async () => {
    const { store, asked } = stage([as(cartOf(1, {})), as(cartOf(2, { prod_1: 2 }))], null);
    const done = store.add('prod_1', 2);
    expect(countOf(store.state())).toBe(2);
    await done;
    expect(asked).toEqual(['create cart-after-none', 'add 2 prod_1 to cart_1']);
    expect(countOf(store.state())).toBe(2);
  });

  it('shows nothing of a visit that ended before its answer came', async () => {
    const { store, endVisit } = stage([as(cartOf(1, { prod_1: 1 }))]);
    const done = store.add('prod_1', 1);
    endVisit();
    store.forget(null);
    await done;
    expect(countOf(store.state())).toBe(0);
  });

  it('goes on with a new cart when the old one became an order', async () => {
    const { store, asked } = stage([
      refused('CART_CHECKED_OUT'),
      as(cartOf(1, {}, 'cart_2')),
      as(cartOf(2, { prod_1: 1 }, 'cart_2')),
    ]);
    await store.add('prod_1', 1);
    expect(asked).toEqual(['add 1 prod_1 to cart_1', 'create cart-after-cart_1', 'add 1 prod_1 to cart_2']);
    expect(store.state().refusals.size).toBe(0);
  });

  it('shows a quantity at once, and of several wishes sends the last one, on the version that is shown', async () => {
    const { store, asked } = stage([as(cartOf(3, { prod_1: 4 }))]);
    store.take(cartOf(2, { prod_1: 1 }));
    const done = [store.want('prod_1', 2), store.want('prod_1', 3), store.want('prod_1', 4)];
    expect(countOf(store.state())).toBe(4);
    await Promise.all(done);
    expect(asked).toEqual(['set item_prod_1 to 4 at 2']);
    expect(store.state().wanted.size).toBe(0);
  });

  it('shows what is when a change is refused, and says why', async () => {
    const { store } = stage([refused('VERSION_CONFLICT')]);
    store.take(cartOf(2, { prod_1: 1 }));
    await store.want('prod_1', 2);
    expect(countOf(store.state())).toBe(1);
    expect(store.state().refusals.get('prod_1')?.code).toBe('VERSION_CONFLICT');
  });

  it('keeps what is not answered, and asks it again by the same key until it is', async () => {
    const { store, keys, answers } = stage([refused('UNAVAILABLE'), as(cartOf(2, { prod_1: 1 }))]);
    const done = store.add('prod_1', 1);
    await expect.poll(() => store.state().refusals.get('prod_1')?.code).toBe('UNAVAILABLE');
    expect(store.state().adding.get('prod_1')).toBe(1);
    answers();
    await done;
    expect(keys).toEqual(['key_1', 'key_1']);
    expect(store.state().refusals.size).toBe(0);
    expect(countOf(store.state())).toBe(1);
  });

  it('is waited for no more when panier does not know it', () => {
    const { store } = stage([]);
    expect(isAwaited(store.state(), 'cart_1')).toBe(true);
    store.forget('cart_1');
    expect(isAwaited(store.state(), 'cart_1')).toBe(false);
    expect(isAwaited(store.state(), 'cart_2')).toBe(true);
  });

  it('is never older than it was', () => {
    const { store } = stage([]);
    store.take(cartOf(3, { prod_1: 3 }));
    store.take(cartOf(2, { prod_1: 2 }));
    expect(store.state().cart?.version).toBe(3);
  });
});
