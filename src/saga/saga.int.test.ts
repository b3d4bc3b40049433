import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, PRODUCERS, type Recorded } from '../events/index.ts';
import { adjusted, cancelled, confirmed, created, failed, rejected, upserted } from './received.fixture.ts';
import { journalOf, productWith, RESERVATION_MS, type SagaAtWork, sagaAtWork } from './saga.fixture.ts';
import type { Saga } from './saga.ts';

const LATER = '2026-01-02T00:00:00.000Z';

let atWork: SagaAtWork;
let saga: Saga;

beforeAll(async () => {
  atWork = await sagaAtWork();
  saga = atWork.saga;
});

afterAll(() => atWork[Symbol.asyncDispose]());

const typesOf = async (aggregateIds: readonly string[]) =>
  (await journalOf(atWork, aggregateIds)).map(({ type }) => type);

const orderIds = (count: number): readonly string[] => Array.from({ length: count }, () => newId('Order'));

const inBatches = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));

describe('handling a batch', () => {
  it('reserves by the clock of the database, and queues the answer for publication', async () => {
    const productId = await productWith(atWork, 5);
    const [orderId = ''] = orderIds(1);
    const beginning = created(orderId, { [productId]: 2 });
    await saga.handle([beginning]);
    const [answer] = await journalOf(atWork, [orderId]);
    const expiresAt = new Date(Number(answer?.occurred_at) + RESERVATION_MS).toISOString();
    expect(answer).toMatchObject({ version: 1, sequence: 1, causation_id: beginning.envelope.eventId });
    expect(answer?.data).toMatchObject({ ok: true, expires_at: expiresAt });
    expect(await saga.stockLevel(productId)).toEqual({ productId, available: 3, reserved: 2, sold: 0 });
  });

  it('remembers over batches what became of an order', async () => {
    const productId = await productWith(atWork, 5);
    const [orderId = ''] = orderIds(1);
    await saga.handle([confirmed(orderId)]);
    await saga.handle([created(orderId, { [productId]: 2 })]);
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 3, sold: 2 });
    await saga.handle([cancelled(orderId, { occurredAt: LATER }), failed(orderId, { occurredAt: LATER })]);
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 3, sold: 2 });
    expect(await typesOf([orderId])).toEqual(['StockReserved']);
  });

  it('passes over whatever another service says of an order', async () => {
    const productId = await productWith(atWork, 5);
    const [orderId = '', unknown = ''] = orderIds(2);
    await saga.handle([created(orderId, { [productId]: 2 })]);
    const by = { producer: 'shop-service' };
    const words = [confirmed, cancelled, failed, rejected].map((say) => say(orderId, by));
    await saga.handle([...words, created(unknown, { [productId]: 1 }, by)]);
    expect(await saga.stockLevel(productId)).toEqual({ productId, available: 3, reserved: 2, sold: 0 });
    expect(await typesOf([orderId, unknown])).toEqual(['StockReserved']);
  });

  it('makes the stock row of a product that an event names', async () => {
    const productId = newId('Product');
    expect(await saga.stockLevel(productId)).toBeNull();
    await saga.handle([upserted(productId)]);
    expect(await saga.stockLevel(productId)).toEqual({ productId, available: 0, reserved: 0, sold: 0 });
  });

  it('applies an adjustment that had to wait in a later batch', async () => {
    const productId = await productWith(atWork, 1);
    await saga.handle([adjusted(productId, -3)]);
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 1 });
    await saga.handle([adjusted(productId, 7)]);
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 5 });
  });

  it('takes in its own adjustments once, though they come back through the stream', async () => {
    const productId = await productWith(atWork, 4);
    const [own] = await journalOf(atWork, [productId]);
    await saga.handle([adjusted(productId, 4, { producer: PRODUCERS.saga, eventId: own?.event_id ?? '' })]);
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 4 });
  });
});

describe('batches at the same time', () => {
  it('never oversell a hot product', async () => {
    const productId = await productWith(atWork, 150);
    const ids = orderIds(200);
    const batches = inBatches(
      ids.map((orderId) => created(orderId, { [productId]: 1 })),
      25,
    );
    await Promise.all(batches.map((batch) => saga.handle(batch)));
    expect(await saga.stockLevel(productId)).toEqual({ productId, available: 0, reserved: 150, sold: 0 });
    const types = await typesOf(ids);
    expect(types.filter((type) => type === 'StockReserved')).toHaveLength(150);
    expect(types).toHaveLength(200);
  });

  it('reserve orders of the same products in opposite line order', async () => {
    const [first, second] = await Promise.all([productWith(atWork, 100), productWith(atWork, 100)]);
    const ids = orderIds(80);
    const wants = [
      { [first]: 1, [second]: 1 },
      { [second]: 1, [first]: 1 },
    ];
    const events = ids.map((orderId, nth) => created(orderId, wants[nth % 2] ?? {}));
    await Promise.all(
      inBatches(events, 10).map((batch, nth) => saga.handle(nth % 2 === 0 ? batch : batch.toReversed())),
    );
    expect(await saga.stockLevel(first)).toMatchObject({ available: 20, reserved: 80 });
    expect(await saga.stockLevel(second)).toMatchObject({ available: 20, reserved: 80 });
  });

  it('decide every order once, though each is delivered to all of them', async () => {
    const productId = await productWith(atWork, 1_000);
    const ids = orderIds(30);
    const events: readonly Recorded[] = ids.flatMap((orderId) => [
      created(orderId, { [productId]: 3 }),
      cancelled(orderId),
      failed(orderId),
    ]);
    const restock = adjusted(productId, 10);
    const deliveries = [events, events.toReversed(), events, events.toReversed()].map((batch) => [...batch, restock]);
    await Promise.all(deliveries.map((batch) => saga.handle(batch)));
    expect(await saga.stockLevel(productId)).toEqual({ productId, available: 1_010, reserved: 0, sold: 0 });
    const compensated = (await typesOf(ids)).filter((type) => type === 'StockCompensated');
    expect(compensated).toHaveLength(30);
  });

  it('apply an adjustment of a product never received before once', async () => {
    const productId = newId('Product');
    const delivery = adjusted(productId, 6);
    await Promise.all([1, 2, 3, 4].map(() => saga.handle([delivery, upserted(productId)])));
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 6 });
  });
});
