import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerReach } from '../../../harness/support/reach.ts';
import { newId } from '../../events/index.ts';
import {
  codeOf,
  journalOf,
  newProduct,
  OPERATOR,
  ownTypesOf,
  valueOf,
  type WriteAtWork,
  writeAtWork,
} from '../write.fixture.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

type Owner = { readonly customerId: string } | { readonly visitorId: string };

const cartOf = async (owner: Owner, currency = 'EUR'): Promise<string> => {
  const [customerId, sessionId] = 'customerId' in owner ? [owner.customerId, null] : [null, owner.visitorId];
  return valueOf(await atWork.write.createCart({ customerId, sessionId, currency }, OPERATOR)).id;
};

const add = async (cartId: string, productId: string, quantity = 1): Promise<void> => {
  valueOf(await atWork.write.addCartItem({ cartId, productId, quantity }, OPERATOR));
};

const newCustomer = (): string => newId('Event').replace('event', 'ann');
const newVisitor = () => ({ visitorId: newId('Visit') });
const claim = async (visitorId: string, customerId: string) =>
  valueOf(await atWork.write.claimCarts({ visitorId, customerId }, OPERATOR));

const lineOf = ({ items }: { items: readonly { productId: string; quantity: number }[] }) =>
  items.map(({ productId, quantity }) => [productId, quantity]);

const products = (count: number): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: count }, () => newProduct(atWork)));

describe('a claim', () => {
  it('makes the open cart of the visit the customer’s, who has none', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [product = ''] = await products(1);
    const cartId = await cartOf(visitor);
    await add(cartId, product, 3);
    const { cart, otherCarts } = await claim(visitor.visitorId, customerId);
    expect(cart).toMatchObject({ id: cartId, customerId, items: [{ productId: product, quantity: 3 }] });
    expect(otherCarts).toEqual([]);
    expect(await ownTypesOf(atWork, visitor.visitorId)).toEqual(['VisitClaimed']);
    expect(await ownTypesOf(atWork, cartId)).toEqual(['CartCreated', 'CartItemAdded']);
  });

  it('merges the lines of 65 products into the customer’s own cart of 35 others, none lost', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const all = await products(100);
    const [own, visited] = [await cartOf({ customerId }), await cartOf(visitor)];
    for (const product of all.slice(0, 35)) await add(own, product, 2);
    for (const product of all.slice(35)) await add(visited, product, 3);
    const { cart } = await claim(visitor.visitorId, customerId);
    expect(cart?.id).toBe(own);
    expect(cart && lineOf(cart)).toEqual(all.map((product, nth) => [product, nth < 35 ? 2 : 3]));
    expect(cart?.items.map(({ id }) => id)).toEqual(all.map((_, nth) => String(nth + 1)));
    expect(await atWork.write.cart(visited, 'Everything')).toMatchObject({ mergedInto: own, items: [], orderId: null });
  });

  it('takes a cart of 100 lines whole, and not in part where one line is too many', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const all = await products(101);
    const [own, visited] = [await cartOf({ customerId }), await cartOf(visitor)];
    for (const product of all.slice(0, 100)) await add(visited, product);
    await add(own, all[100] ?? '');
    const tooMany = await claim(visitor.visitorId, customerId);
    expect(tooMany.cart?.items).toHaveLength(1);
    expect(tooMany.otherCarts.map(({ id, items }) => [id, items.length])).toEqual([[visited, 100]]);
    valueOf(await atWork.write.removeCartItem({ cartId: own, cartItemId: '1' }, OPERATOR));
    const { cart, otherCarts } = await claim(visitor.visitorId, customerId);
    expect(cart && [cart.id, lineOf(cart)]).toEqual([own, all.slice(0, 100).map((product) => [product, 1])]);
    expect(otherCarts).toEqual([]);
  });

  it('adds the quantities of a product that both have, at the price of the customer’s line', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const product = await newProduct(atWork, '10.50');
    const [own, visited] = [await cartOf({ customerId }), await cartOf(visitor)];
    await add(own, product, 400);
    const newPrice = { id: product, name: 'Camera', price: '11.00', currency: 'EUR' };
    valueOf(await atWork.write.upsertProduct(newPrice, OPERATOR));
    await atWork.write.product(product);
    await add(visited, product, 599);
    const { cart } = await claim(visitor.visitorId, customerId);
    expect(cart?.items).toEqual([{ id: '1', productId: product, quantity: 999, unitPriceMinor: 1_050 }]);
  });

  it('leaves a cart as it is whose lines do not all fit, and says so', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [shared = '', other = ''] = await products(2);
    const [own, visited] = [await cartOf({ customerId }), await cartOf(visitor)];
    await add(own, shared, 400);
    await add(visited, shared, 600);
    await add(visited, other, 1);
    const { cart, otherCarts } = await claim(visitor.visitorId, customerId);
    expect(cart && [cart.id, lineOf(cart)]).toEqual([own, [[shared, 400]]]);
    expect(otherCarts.map(lineOf)).toEqual([
      [
        [shared, 600],
        [other, 1],
      ],
    ]);
    expect(otherCarts).toMatchObject([{ id: visited, customerId, mergedInto: null }]);
  });

  it('makes one cart of several of each currency', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [one = '', two = '', three = ''] = await products(3);
    const yen = await newProduct(atWork, '100', 'JPY');
    const [first, second, third, inYen] = [
      await cartOf(visitor),
      await cartOf(visitor),
      await cartOf(visitor),
      await cartOf(visitor, 'JPY'),
    ];
    await add(first, one, 1);
    await add(second, two, 2);
    await add(third, three, 3);
    await add(inYen, yen, 4);
    await cartOf(visitor);
    const { cart, otherCarts } = await claim(visitor.visitorId, customerId);
    expect(cart && lineOf(cart)).toEqual([[yen, 4]]);
    expect(otherCarts.map(({ id }) => id)).toEqual([third]);
    expect(otherCarts.map(lineOf)).toEqual([
      [
        [three, 3],
        [two, 2],
        [one, 1],
      ],
    ]);
  });

  it('takes what another claim brought for the customer’s own', async () => {
    const customerId = newCustomer();
    const [phone, laptop] = [newVisitor(), newVisitor()];
    const [one = '', two = ''] = await products(2);
    const [onPhone, onLaptop] = [await cartOf(phone), await cartOf(laptop)];
    await add(onPhone, one);
    await add(onLaptop, two);
    await claim(phone.visitorId, customerId);
    const { cart } = await claim(laptop.visitorId, customerId);
    expect(cart && [cart.id, lineOf(cart)]).toEqual([
      onPhone,
      [
        [one, 1],
        [two, 1],
      ],
    ]);
  });

  it('changes nothing when it comes again, and is refused to anybody else', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [product = ''] = await products(1);
    const [own, visited] = [await cartOf({ customerId }), await cartOf(visitor)];
    await add(visited, product, 2);
    const first = await claim(visitor.visitorId, customerId);
    expect(await claim(visitor.visitorId, customerId)).toEqual(first);
    expect(first.cart && lineOf(first.cart)).toEqual([[product, 2]]);
    const others = await atWork.other.claimCarts({ ...visitor, customerId: newCustomer() }, OPERATOR);
    expect(codeOf(others)).toBe('VISIT_CLAIMED');
    expect(await ownTypesOf(atWork, own)).toEqual(['CartCreated', 'CartLinesMerged']);
  });

  it('is told by events that follow from it, of both carts in one transaction', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [product = ''] = await products(1);
    const [own, visited] = [await cartOf({ customerId }), await cartOf(visitor)];
    await add(visited, product, 2);
    await claim(visitor.visitorId, customerId);
    const [claimed] = await journalOf(atWork, visitor.visitorId);
    const merged = (await journalOf(atWork, visited)).at(-1);
    const gained = (await journalOf(atWork, own)).at(-1);
    expect(merged).toMatchObject({ type: 'CartMerged', causation_id: claimed?.event_id, data: { into_cart_id: own } });
    expect(gained).toMatchObject({ causation_id: merged?.event_id, data: { from_cart_id: visited } });
    expect(gained?.occurred_at).toEqual(merged?.occurred_at);
  });

  it('leaves nothing to be changed or ordered in a cart that was merged', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [product = ''] = await products(1);
    const [own, visited] = [await cartOf({ customerId }), await cartOf(visitor)];
    await add(visited, product, 2);
    await claim(visitor.visitorId, customerId);
    const { write, other } = atWork;
    expect([
      codeOf(await write.addCartItem({ cartId: visited, productId: product, quantity: 1 }, OPERATOR)),
      codeOf(await other.removeCartItem({ cartId: visited, cartItemId: '1' }, OPERATOR)),
      codeOf(await other.checkOut({ cartId: visited, paymentMethod: null }, OPERATOR)),
      codeOf(await write.checkOut({ cartId: own, paymentMethod: null }, OPERATOR)),
    ]).toEqual(['CART_MERGED', 'CART_MERGED', 'CART_MERGED', 'ok']);
  });
});

const as = (customerId: string) => ({ ...OPERATOR, reach: customerReach(customerId) });

describe('what came by a visit', () => {
  it('is the customer’s who has claimed it, in every process: the cart, the order, and what is made later', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [product = ''] = await products(1);
    const [cartId, ordered, empty] = [await cartOf(visitor), await cartOf(visitor), await cartOf(visitor)];
    await add(cartId, product);
    await add(ordered, product);
    const order = valueOf(await atWork.write.checkOut({ cartId: ordered, paymentMethod: null }, OPERATOR));
    const asCustomer = as(customerId);
    const known = async () => [
      (await atWork.other.cart(cartId, asCustomer.reach))?.id,
      (await atWork.other.order(order.id, asCustomer.reach))?.id,
      codeOf(await atWork.other.addCartItem({ cartId: empty, productId: product, quantity: 1 }, asCustomer)),
    ];
    expect(await known()).toEqual([undefined, undefined, 'NOT_FOUND']);
    await claim(visitor.visitorId, customerId);
    expect(await known()).toEqual([cartId, order.id, 'ok']);
    const later = await cartOf(visitor);
    expect(codeOf(await atWork.other.addCartItem({ cartId: later, productId: product, quantity: 1 }, asCustomer))).toBe(
      'ok',
    );
    expect(codeOf(await atWork.other.cancelOrder({ orderId: order.id, reason: null }, asCustomer))).toBe('ok');
  });

  it('is nobody else’s', async () => {
    const [visitor, another] = [newVisitor(), newCustomer()];
    const stranger = as(another);
    const [product = ''] = await products(1);
    const cartId = await cartOf(visitor);
    await add(cartId, product);
    await claim(visitor.visitorId, newCustomer());
    await claim(newId('Visit'), another);
    expect([
      await atWork.write.cart(cartId, stranger.reach),
      codeOf(await atWork.write.setCartItemQuantity({ cartId, cartItemId: '1', quantity: 2 }, stranger)),
      codeOf(await atWork.other.removeCartItem({ cartId, cartItemId: '1' }, stranger)),
      codeOf(await atWork.other.checkOut({ cartId, paymentMethod: null }, stranger)),
    ]).toEqual([null, 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  });

  it('is ordered in the customer’s name', async () => {
    const [visitor, customerId] = [newVisitor(), newCustomer()];
    const [product = ''] = await products(1);
    const cartId = await cartOf(visitor);
    await add(cartId, product);
    await claim(visitor.visitorId, customerId);
    const order = valueOf(await atWork.other.checkOut({ cartId, paymentMethod: null }, as(customerId)));
    expect(order.facts.created?.data).toMatchObject({ customerId, sessionId: visitor.visitorId });
  });
});
