import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import {
  AddCartItemDocument,
  AdjustStockDocument,
  accepted,
  CancelOrderDocument,
  CartDocument,
  CheckoutDocument,
  type Client,
  CreateCartDocument,
  EventsDocument,
  NodeDocument,
  NodesDocument,
  OrderDocument,
  OrdersDocument,
  PayOrderDocument,
  UpsertProductDocument,
  WatchCartDocument,
  WatchEventsDocument,
  WatchOrderDocument,
} from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, reaches, shelve } from './shop.ts';

let panier: TestPanier;
let operator: Client;
let ada: Client;
let bob: Client;
let productId: string;
let cartId: string;
let orderId: string;

beforeAll(async () => {
  panier = await startPanier();
  operator = panier.client();
  [ada, bob] = [panier.client({ customerId: 'ada' }), panier.client({ customerId: 'bob' })];
  productId = await shelve(operator, 50);
  cartId = await fillCart(ada, [{ productId, quantity: 1 }]);
  const ordered = await fillCart(ada, [{ productId, quantity: 1 }]);
  orderId = accepted((await ada.request(CheckoutDocument, { input: { cartId: ordered } })).checkout).id;
  await reaches(ada, orderId, 'AWAITING_PAYMENT');
});
afterAll(() => panier[Symbol.asyncDispose]());

const codeOf = (result: object): unknown => ('code' in result ? result.code : null);
const failsWith = (code: string) => ({ name: 'RequestFailed', codes: [code] });

describe("a customer's cart and order", () => {
  it('are theirs, and the operators can see them', async () => {
    for (const viewer of [ada, operator]) {
      expect((await viewer.request(CartDocument, { id: cartId })).cart).toMatchObject({
        id: cartId,
        customerId: 'ada',
      });
      expect((await viewer.request(OrderDocument, { id: orderId })).order).toMatchObject({
        id: orderId,
        customerId: 'ada',
      });
    }
  });

  it('are nothing to another customer who reads', async () => {
    expect((await bob.request(CartDocument, { id: cartId })).cart).toBeNull();
    expect((await bob.request(CartDocument, { id: cartId, asOf: new Date().toISOString() })).cart).toBeNull();
    expect((await bob.request(OrderDocument, { id: orderId })).order).toBeNull();
    expect((await bob.request(OrderDocument, { id: orderId, atRevision: 1 })).order).toBeNull();
    expect((await bob.request(NodeDocument, { id: orderId })).node).toBeNull();
    expect((await bob.request(NodesDocument, { ids: [cartId, productId, orderId] })).nodes).toEqual([
      null,
      { __typename: 'Product', id: productId },
      null,
    ]);
    expect((await bob.request(OrdersDocument, {})).orders.edges).toEqual([]);
  });

  it('are unknown to another customer who commands', async () => {
    expect(codeOf((await bob.request(AddCartItemDocument, { input: { cartId, productId } })).addCartItem)).toBe(
      'NOT_FOUND',
    );
    expect(codeOf((await bob.request(CheckoutDocument, { input: { cartId } })).checkout)).toBe('NOT_FOUND');
    const payment = { orderId, paymentMethod: 'pm_card_visa' };
    expect(codeOf((await bob.request(PayOrderDocument, { input: payment })).payOrder)).toBe('NOT_FOUND');
    expect(codeOf((await bob.request(CancelOrderDocument, { input: { orderId } })).cancelOrder)).toBe('NOT_FOUND');
    expect(await ends(operator, orderId, 0).catch(() => null)).toBeNull();
  });

  it('are unknown to another customer who watches', async () => {
    await expect(bob.watch(WatchOrderDocument, { id: orderId }).next()).rejects.toMatchObject(failsWith('NOT_FOUND'));
    await expect(bob.watch(WatchCartDocument, { id: cartId }).next()).rejects.toMatchObject(failsWith('NOT_FOUND'));
    const { value } = await ada.watch(WatchOrderDocument, { id: orderId }).next();
    expect(value?.orderStatus.order.id).toBe(orderId);
  });
});

describe('a cart of nobody', () => {
  it('is reached by operators alone: its id gives nobody access', async () => {
    const nobodys = await fillCart(operator, [{ productId, quantity: 1 }]);
    await eventually(async () =>
      expect((await operator.request(CartDocument, { id: nobodys })).cart).toMatchObject({ id: nobodys }),
    );
    expect((await bob.request(CartDocument, { id: nobodys })).cart).toBeNull();
  });
});

describe('a customer', () => {
  it('owns the carts that they create, and cannot create those of others', async () => {
    const { createCart } = await bob.request(CreateCartDocument, { input: {} });
    expect(accepted(createCart).customerId).toBe('bob');
    const others = (await bob.request(CreateCartDocument, { input: { customerId: 'ada' } })).createCart;
    expect('customerId' in others ? others.customerId : codeOf(others)).not.toBe('ada');
  });

  it('is refused what only operators may do', async () => {
    const price = { amount: '1.00', currency: 'EUR' };
    const upsert = ada.request(UpsertProductDocument, { input: { id: productId, name: 'Cheap', price } });
    await expect(upsert).rejects.toMatchObject(failsWith('FORBIDDEN'));
    const adjust = ada.request(AdjustStockDocument, { input: { productId, delta: 1 } });
    await expect(adjust).rejects.toMatchObject(failsWith('FORBIDDEN'));
    await expect(ada.request(EventsDocument, {})).rejects.toMatchObject(failsWith('FORBIDDEN'));
    await expect(ada.watch(WatchEventsDocument, {}).next()).rejects.toMatchObject(failsWith('FORBIDDEN'));
  });
});
