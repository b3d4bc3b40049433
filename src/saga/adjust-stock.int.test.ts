import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/index.ts';
import { MAX_STOCK, newId } from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';
import { adjusted } from './received.fixture.ts';
import {
  describe as describeAny,
  journalOf,
  productWith,
  type SagaAtWork,
  sagaAtWork,
  UNKEYED,
  WRITER,
} from './saga.fixture.ts';
import { openSaga, type Saga } from './saga.ts';

let atWork: SagaAtWork;
let saga: Saga;

beforeAll(async () => {
  atWork = await sagaAtWork();
  saga = atWork.saga;
});

afterAll(() => atWork[Symbol.asyncDispose]());

const keyed = () => ({ ...UNKEYED, idempotencyKey: newId('Event') });

describe('adjusting stock', () => {
  it('numbers the adjustments of a product', async () => {
    const productId = await productWith(atWork, 5);
    expect(await saga.adjustStock({ productId, delta: -2, reason: 'broken' }, UNKEYED)).toEqual({
      ok: true,
      value: {
        product: { id: productId, name: 'Camera', price: '10.50', currency: 'EUR' },
        stock: { productId, available: 3, reserved: 0, sold: 0 },
      },
    });
    const adjustments = await journalOf(atWork, [productId]);
    expect(adjustments.map(({ version, data }) => [version, data])).toEqual([
      [1, { product_id: productId, delta: 5, reason: null }],
      [2, { product_id: productId, delta: -2, reason: 'broken' }],
    ]);
  });

  it('lets an adjustment that had to wait follow at once', async () => {
    const productId = await productWith(atWork, 1);
    await saga.handle([adjusted(productId, -3)]);
    const answer = await saga.adjustStock({ productId, delta: 4, reason: null }, UNKEYED);
    expect(answer).toMatchObject({ value: { stock: { available: 2 } } });
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 2 });
  });

  it.each([0, 1.5, -6, MAX_STOCK, MAX_STOCK + 1, Number.NaN])('rejects a change by %d of five units', async (delta) => {
    const productId = await productWith(atWork, 5);
    const answer = await saga.adjustStock({ productId, delta, reason: null }, UNKEYED);
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 5 });
  });

  it('adds up what comes at the same time', async () => {
    const productId = newId('Product');
    const command = { productId, delta: 1, reason: null };
    await Promise.all(Array.from({ length: 20 }, () => saga.adjustStock(command, UNKEYED)));
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 20 });
    expect((await journalOf(atWork, [productId])).map(({ version }) => version)).toEqual(
      Array.from({ length: 20 }, (_, nth) => nth + 1),
    );
  });

  it('reports an unknown outcome when the database is away', async () => {
    await using away = openDatabase({
      url: 'postgres://nobody@127.0.0.1:1/none',
      name: 'saga test',
      maxConnections: 1,
    });
    const cutOff = openSaga({ database: away, writer: WRITER, reservationMs: 1, describe: describeAny });
    const command = { productId: newId('Product'), delta: 1, reason: null };
    await expect(cutOff.adjustStock(command, UNKEYED)).rejects.toThrow(Unavailable);
  });
});

describe('an idempotency key', () => {
  it('answers repetitions, at the same time or later, as the first command', async () => {
    const productId = newId('Product');
    const command = { productId, delta: 5, reason: null };
    const context = keyed();
    const answers = await Promise.all(Array.from({ length: 8 }, () => saga.adjustStock(command, context)));
    await saga.adjustStock({ ...command, delta: 1 }, UNKEYED);
    answers.push(await saga.adjustStock(command, context));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await saga.stockLevel(productId)).toMatchObject({ available: 6 });
  });

  it('answers a repetition of what was rejected with the rejection', async () => {
    const productId = await productWith(atWork, 1);
    const context = keyed();
    const first = await saga.adjustStock({ productId, delta: -2, reason: null }, context);
    await saga.adjustStock({ productId, delta: 5, reason: null }, UNKEYED);
    expect(await saga.adjustStock({ productId, delta: -2, reason: null }, context)).toEqual(first);
    expect(first).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('serves one input: of two at the same time, on different products, one is refused', async () => {
    const context = keyed();
    const commands = [newId('Product'), newId('Product')].map((productId) => ({ productId, delta: 5, reason: null }));
    const answers = await Promise.all(commands.map((command) => saga.adjustStock(command, context)));
    const refused = answers.filter((answer) => !answer.ok && answer.error.code === 'IDEMPOTENCY_CONFLICT');
    expect(refused).toHaveLength(1);
    const levels = await Promise.all(commands.map(({ productId }) => saga.stockLevel(productId)));
    expect(levels.reduce((sum, level) => sum + (level?.available ?? 0), 0)).toBe(5);
  });
});
