import { expect } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import {
  AddCartItemDocument,
  AdjustStockDocument,
  accepted,
  CheckoutDocument,
  type CheckoutInput,
  type Client,
  CreateCartDocument,
  type CreateCartInput,
  OrderDocument,
  type OrderQuery,
  ProductDocument,
  type ProductQuery,
  UpsertProductDocument,
} from '../../src/cli/client.ts';
import { newId } from '../../src/events/index.ts';

export type Order = NonNullable<OrderQuery['order']>;
export type Product = NonNullable<ProductQuery['product']>;

interface Line {
  readonly productId: string;
  readonly quantity: number;
}

/** A new product with that stock; answers with its id. */
export const shelve = async (client: Client, stock: number, price = '12.50'): Promise<string> => {
  const id = newId('Product');
  const input = { id, name: `Product ${id}`, price: { amount: price, currency: 'EUR' } };
  accepted((await client.request(UpsertProductDocument, { input })).upsertProduct);
  if (stock > 0)
    accepted((await client.request(AdjustStockDocument, { input: { productId: id, delta: stock } })).adjustStock);
  return id;
};

/** A new cart with those lines; answers with its id. */
export const fillCart = async (
  client: Client,
  lines: readonly Line[],
  input: CreateCartInput = {},
): Promise<string> => {
  const cart = accepted((await client.request(CreateCartDocument, { input })).createCart);
  for (const line of lines) {
    accepted((await client.request(AddCartItemDocument, { input: { cartId: cart.id, ...line } })).addCartItem);
  }
  return cart.id;
};

/** Fills a cart and checks it out; answers with the order's id. */
export const placeOrder = async (
  client: Client,
  lines: readonly Line[],
  input: Omit<CheckoutInput, 'cartId'> = {},
): Promise<string> => {
  const cartId = await fillCart(client, lines);
  return accepted((await client.request(CheckoutDocument, { input: { cartId, ...input } })).checkout).id;
};

export const orderOf = async (client: Client, id: string): Promise<Order> => {
  const { order } = await client.request(OrderDocument, { id });
  if (order === null) throw new Error(`There is no order ${id}`);
  return order;
};

export const productOf = async (client: Client, id: string): Promise<Product> => {
  const { product } = await client.request(ProductDocument, { id });
  if (product === null) throw new Error(`There is no product ${id}`);
  return product;
};

/** Waits until the read side shows the order with that status. */
export const reaches = (client: Client, id: string, status: Order['status']): Promise<Order> =>
  eventually(async () => {
    const order = await orderOf(client, id);
    if (order.status !== status) throw new Error(`${id} is ${order.status}, not yet ${status}`);
    return order;
  });

const FINAL: readonly Order['status'][] = ['CONFIRMED', 'REJECTED', 'CANCELLED'];

/** Waits until the read side shows the order with a final status. */
export const ends = (client: Client, id: string, withinMs?: number): Promise<Order> =>
  eventually(async () => {
    const order = await orderOf(client, id);
    if (!FINAL.includes(order.status)) throw new Error(`${id} is still ${order.status}`);
    return order;
  }, withinMs);

/** Waits until the read side shows these numbers. */
export const stands = (
  client: Client,
  id: string,
  numbers: Pick<Product, 'available' | 'reserved' | 'sold'>,
): Promise<Product> =>
  eventually(async () => {
    const product = await productOf(client, id);
    expect(product).toMatchObject(numbers);
    return product;
  });

export const typesOf = ({ steps }: Pick<Order, 'steps'>): readonly string[] =>
  steps.map(({ event }) => event.type).toSorted();
