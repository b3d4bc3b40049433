import { describe, expect, it } from 'vitest';
import { customerReach } from '../../../harness/support/reach.ts';
import { err, ok } from '../../platform/index.ts';
import type { Write } from '../../write/index.ts';
import { CART_ID } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { customer, run } from '../testing/run.ts';

const CART = {
  id: CART_ID,
  customerId: null,
  sessionId: null,
  currency: 'EUR',
  items: [
    { id: '1', productId: 'prod_cup', quantity: 2, unitPriceMinor: 350 },
    { id: '2', productId: 'prod_tea', quantity: 1, unitPriceMinor: 9 },
  ],
  orderId: null,
  mergedInto: null,
  version: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

const refuse = async () => err({ code: 'CART_CHECKED_OUT', message: 'too late' } as const);
const create = async (command: { readonly customerId: string | null }) => ok({ ...CART, ...command });

describe('a mutation', () => {
  it('answers with the object, its money as decimal strings', async () => {
    const modules = memoryModules({ write: { addCartItem: async () => ok(CART) } });
    const document = `mutation {
      addCartItem(input: { cartId: "${CART_ID}", productId: "prod_cup" }) {
        ... on Cart { status totalItems totalAmount { amount currency } items { id unitPrice { amount } lineTotal { amount } } }
      }
    }`;
    expect(await run(modules, { document })).toEqual({
      data: {
        addCartItem: {
          status: 'OPEN',
          totalItems: 3,
          totalAmount: { amount: '7.09', currency: 'EUR' },
          items: [
            { id: 'item_1/1', unitPrice: { amount: '3.50' }, lineTotal: { amount: '7.00' } },
            { id: 'item_1/2', unitPrice: { amount: '0.09' }, lineTotal: { amount: '0.09' } },
          ],
        },
      },
    });
  });

  it('answers a refusal with its own type, which is a UserError', async () => {
    const document = `mutation {
      addCartItem(input: { cartId: "${CART_ID}", productId: "prod_cup" }) { __typename ... on UserError { code message } }
    }`;
    expect(await run(memoryModules({ write: { addCartItem: refuse } }), { document })).toEqual({
      data: { addCartItem: { __typename: 'CartCheckedOutError', code: 'CART_CHECKED_OUT', message: 'too late' } },
    });
  });

  it('hands over defaults, keys and versions', async () => {
    const asked: unknown[] = [];
    const addCartItem = async (...command: unknown[]) => {
      asked.push(...command);
      return ok(CART);
    };
    const input = '{ cartId: "c", productId: "p", expectedVersion: 2, idempotencyKey: "k" }';
    const document = `mutation { addCartItem(input: ${input}) { __typename } }`;
    await run(memoryModules({ write: { addCartItem } }), { document, viewer: customer('customer-1') });
    expect(asked).toMatchObject([
      { cartId: 'c', productId: 'p', quantity: 1 },
      { idempotencyKey: 'k', expectedVersion: 2, traceparent: null, reach: customerReach('customer-1') },
    ]);
  });

  it('leaves to the write side whose cart it is: it is told who commands, and what the input says', async () => {
    const asked: unknown[] = [];
    const createCart: Write['createCart'] = async (command, context) => {
      asked.push([context.reach, command.customerId]);
      return create(command);
    };
    const document = 'mutation { createCart(input: { customerId: "customer-2" }) { ... on Cart { customerId } } }';
    const modules = memoryModules({ write: { createCart } });
    for (const viewer of [customer('customer-1'), undefined])
      await run(modules, viewer ? { document, viewer } : { document });
    expect(asked).toEqual([
      [customerReach('customer-1'), 'customer-2'],
      ['Everything', 'customer-2'],
    ]);
  });
});

describe('a mutation for operators', () => {
  const adjust =
    'mutation { adjustStock(input: { productId: "prod_cup", delta: 5 }) { ... on Product { name available } ... on UserError { code } } }';
  const upsert = `mutation {
    upsertProduct(input: { id: "prod_cup", name: "Cup", price: { amount: "3.5", currency: "EUR" } }) {
      ... on Product { name price { amount } available reserved sold }
    }
  }`;
  const entry = { id: 'prod_cup', name: 'Cup', price: '3.5', currency: 'EUR' };
  const level = { productId: 'prod_cup', available: 5, reserved: 1, sold: 2 };

  it.each([adjust, upsert])('is forbidden to customers', async (document) => {
    const { errors } = await run(memoryModules(), { document, viewer: customer('customer-1') });
    expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });

  it('composes a product of the catalogue and the inventory', async () => {
    const modules = memoryModules({
      write: { upsertProduct: async () => ok({ ...entry, stock: level }) },
    });
    expect((await run(modules, { document: upsert })).data?.['upsertProduct']).toEqual({
      name: 'Cup',
      price: { amount: '3.50' },
      available: 5,
      reserved: 1,
      sold: 2,
    });
  });

  it('shows the product as the adjustment found it', async () => {
    const saga = { adjustStock: async () => ok({ product: entry, stock: level }) };
    const write = { product: async () => ({ ...entry, name: 'Mug' }) };
    const known = await run(memoryModules({ saga, write }), { document: adjust });
    expect(known.data).toEqual({ adjustStock: { name: 'Cup', available: 5 } });
  });
});
