import { describe, expect, it } from 'vitest';
import { type CartEvent, NO_POSITIONS, positionsText } from '../../events/index.ts';
import { createBatches } from '../batches.ts';
import { encodePositions } from '../event-cursor.ts';
import { CART_ID, ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at, customer, follow, nextOf } from '../testing/run.ts';

const CREATED: CartEvent = { type: 'CartCreated', data: { customerId: null, sessionId: null, currency: 'EUR' } };
const added = (cartItemId: string): CartEvent => ({
  type: 'CartItemAdded',
  data: { cartItemId, productId: `prod_${cartItemId}`, quantity: 1, unitPrice: '2.00' },
});
const product = (id: string, available: number) => ({
  id,
  name: id,
  price: '1.00',
  currency: 'EUR',
  available,
  reserved: 0,
  sold: 0,
});

describe('the subscription cart', () => {
  const document = `subscription { cart(cartId: "${CART_ID}") { version totalItems } }`;

  it('shows the cart, then what became of it, several changes as one', async () => {
    const modules = memoryModules();
    modules.append(CART_ID, CREATED);
    const stream = await follow(modules, { document });
    expect(await nextOf(stream)).toEqual({ version: 1, totalItems: 0 });
    modules.append(CART_ID, added('1'));
    modules.append(CART_ID, added('2'));
    expect(await nextOf(stream)).toEqual({ version: 3, totalItems: 2 });
    await stream.return(undefined);
    expect(modules.changes.watching()).toBe(0);
  });

  it('answers NOT_FOUND for an unknown cart', async () => {
    await expect(follow(memoryModules(), { document })).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });
});

describe('the subscription stock', () => {
  const document = 'subscription ($ids: [ID!]!) { stock(productIds: $ids) { id available } }';

  it('shows each product, then those whose numbers changed', async () => {
    const modules = memoryModules();
    for (const id of ['prod_a', 'prod_b']) modules.products.set(id, product(id, 5));
    const stream = await follow(modules, { document, variables: { ids: ['prod_a', 'prod_b', 'prod_a'] } });
    expect(await nextOf(stream)).toEqual({ id: 'prod_a', available: 5 });
    expect(await nextOf(stream)).toEqual({ id: 'prod_b', available: 5 });
    modules.products.set('prod_a', { ...product('prod_a', 5), name: 'renamed' });
    modules.products.set('prod_b', product('prod_b', 4));
    modules.changes.announce(['prod_a', 'prod_b']);
    expect(await nextOf(stream)).toEqual({ id: 'prod_b', available: 4 });
    await stream.return(undefined);
    expect(modules.changes.watching()).toBe(0);
  });

  it.each([[[]], [Array.from({ length: 101 }, (_, index) => `prod_${index}`)]])(
    'takes 1 to 100 products',
    async (ids) => {
      const subscription = follow(memoryModules(), { document, variables: { ids } });
      await expect(subscription).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    },
  );

  it('names the products that are unknown', async () => {
    const modules = memoryModules();
    modules.products.set('prod_a', product('prod_a', 5));
    const subscription = follow(modules, { document, variables: { ids: ['prod_a', 'prod_x'] } });
    await expect(subscription).rejects.toThrow('There is no product prod_x.');
  });
});

describe('the subscription events', () => {
  const document = `subscription ($after: String, $filter: EventFilter) {
    events(after: $after, filter: $filter) { cursor node { type } }
  }`;
  const { created, reserved, confirmed } = orderEvents();

  it('starts from now, and goes on behind a cursor in store order', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created);
    const stream = await follow(modules, { document });
    const first = nextOf(stream);
    modules.append(ORDER_ID, reserved, confirmed);
    const edge = await first;
    expect(at(edge, 'node')).toEqual({ type: 'StockReserved' });
    await stream.return(undefined);

    const later = await follow(modules, { document, variables: { after: at(edge, 'cursor') } });
    expect(at(await nextOf(later), 'node')).toEqual({ type: 'OrderConfirmed' });
    await later.return(undefined);
    expect(modules.changes.watching()).toBe(0);
  });

  it('tells whoever has seen more than there is: the store has lost it, and will give its place to another event', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created, reserved, confirmed);
    const [first, , last] = (await modules.audit.page({ filter: {}, first: 3 })).events;
    let there = last;
    const heads = async () => there?.seen ?? NO_POSITIONS;
    const batches = createBatches(modules.read, { ...modules.audit, heads });
    const open = await follow(modules, { document, batches });
    const next = nextOf(open);
    there = first;
    modules.changes.announce(['Events']);
    const refused = { extensions: { code: 'BAD_USER_INPUT', path: ['after'] } };
    await expect(next).rejects.toMatchObject(refused);
    const after = encodePositions(last?.seen ?? NO_POSITIONS);
    await expect(follow(modules, { document, variables: { after }, batches })).rejects.toMatchObject(refused);
    expect(modules.changes.watching()).toBe(0);
  });

  it('reads once for all who stand at the same place and look for the same', async () => {
    const modules = memoryModules();
    const asked: string[] = [];
    const batches = createBatches(modules.read, {
      ...modules.audit,
      after: (seen, filter, limit) => {
        asked.push(`after ${positionsText(seen)} ${String(filter.types)}`);
        return modules.audit.after(seen, filter, limit);
      },
      heads: () => {
        asked.push('heads');
        return modules.audit.heads();
      },
    });
    const follower = (types: readonly string[] | null) =>
      follow(modules, { document, variables: { filter: { types } }, batches });
    const streams = [
      ...(await Promise.all(Array.from({ length: 50 }, () => follower(null)))),
      await follower(['StockReserved']),
    ];
    const next = Promise.all(streams.map(nextOf));
    modules.append(ORDER_ID, reserved);
    const edges = await next;
    expect(edges.map((edge) => at(edge, 'node', 'type'))).toEqual(Array<string>(51).fill('StockReserved'));
    expect(new Set(asked)).toEqual(new Set(['heads', 'after 0 null', 'after 0 StockReserved']));
    // Each reads its place, and again when it is woken: fifty alone would ask two hundred times.
    expect(asked.length).toBeLessThan(20);
    await Promise.all(streams.map((stream) => stream.return(undefined)));
  });

  it('passes over what does not fit the filter', async () => {
    const modules = memoryModules();
    const stream = await follow(modules, { document, variables: { filter: { types: ['OrderConfirmed'] } } });
    const first = nextOf(stream);
    modules.append(ORDER_ID, created, reserved);
    modules.append(ORDER_ID, confirmed);
    expect(at(await first, 'node')).toEqual({ type: 'OrderConfirmed' });
    await stream.return(undefined);
  });

  it('is for operators', async () => {
    const subscription = follow(memoryModules(), { document, viewer: customer('customer-1') });
    await expect(subscription).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});
