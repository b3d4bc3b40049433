import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { traceparentIn } from '../../../harness/support/span-notes.ts';
import { newId } from '../../events/index.ts';
import { cancelled, confirmed, created, failed } from '../received.fixture.ts';
import { type RemoteSaga, remoteSaga } from './remote.fixture.ts';
import { type OnTheWay, type ShopInventory, startShopInventory } from './shop-inventory.fixture.ts';

const FULL = { prod_1: 5, prod_2: 5, prod_3: 5 };

let shop: ShopInventory;
let remote: RemoteSaga;

beforeEach(async () => {
  shop = await startShopInventory(FULL);
  remote = await remoteSaga(shop.url);
});
afterEach(async () => {
  await remote[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

const levels = () => Object.fromEntries(shop.stock);
const waysAsked = () => shop.asked.map(({ path }) => path.split('/').slice(3).join(' ').replace(' stock', ''));
const typesOf = async (orderId: string, many: number) => (await remote.toldSo(orderId, many)).map(({ type }) => type);

/** An order for two of each of three products. */
const place = async (): Promise<string> => {
  const orderId = newId('Order');
  await remote.saga.handle([created(orderId, { prod_3: 2, prod_1: 2, prod_2: 2 })]);
  return orderId;
};

const REDUCED = ['prod_1 reduce', 'prod_2 reduce', 'prod_3 reduce'];

describe('an order whose stock is elsewhere', () => {
  it('takes its lines one after the other, by product id, each under its own key, and is reserved', async () => {
    remote.startCalls();
    const orderId = await place();
    const [told] = await remote.toldSo(orderId, 1);
    expect(told).toMatchObject({
      type: 'StockReserved',
      data: { lines: ['prod_1', 'prod_2', 'prod_3'].map((id) => ({ product_id: id, quantity: 2 })) },
    });
    expect(waysAsked()).toEqual(REDUCED);
    expect(shop.asked.map(({ key }) => key)).toEqual(
      ['prod_1', 'prod_2', 'prod_3'].map((id) => `${orderId}:${id}:reduce`),
    );
    expect(levels()).toEqual({ prod_1: 3, prod_2: 3, prod_3: 3 });
  });

  it('tells the inventory the trace of its client also where nothing of it is recorded here', async () => {
    const traceparent = traceparentIn('a');
    remote.startCalls();
    await remote.saga.handle([created(newId('Order'), { prod_1: 2 }, { traceparent })]);
    await eventually(() => expect(shop.traceparents).toEqual([traceparent]));
  });

  it('gives every line back when its payment fails, and says so when all are back', async () => {
    remote.startCalls();
    const orderId = await place();
    await remote.toldSo(orderId, 1);
    await remote.saga.handle([failed(orderId)]);
    const [, told] = await remote.toldSo(orderId, 2);
    expect(told).toMatchObject({ type: 'StockCompensated', data: { lines: [{}, {}, {}] } });
    expect(waysAsked()).toEqual([...REDUCED, 'prod_1 increase', 'prod_2 increase', 'prod_3 increase']);
    expect(levels()).toEqual(FULL);
    await remote.settled();
  });

  it('asks nothing more once it is confirmed', async () => {
    remote.startCalls();
    const orderId = await place();
    await remote.toldSo(orderId, 1);
    await remote.saga.handle([confirmed(orderId)]);
    await remote.settled();
    expect(shop.asked).toHaveLength(3);
    expect(await typesOf(orderId, 1)).toEqual(['StockReserved']);
  });

  it('gives back what it has when one line is refused, and names it with what was told', async () => {
    shop.stock.set('prod_2', 1);
    remote.startCalls();
    const orderId = await place();
    const told = await remote.toldSo(orderId, 1);
    expect(told).toMatchObject([
      {
        type: 'StockReservationFailed',
        data: { shortages: [{ product_id: 'prod_2', requested: 2, available: 1 }] },
      },
    ]);
    expect(waysAsked()).toEqual(['prod_1 reduce', 'prod_2 reduce', 'prod_1 increase']);
    expect(levels()).toEqual({ ...FULL, prod_2: 1 });
  });

  it('is refused a product that the inventory does not know', async () => {
    shop.stock.delete('prod_3');
    remote.startCalls();
    const [told] = await remote.toldSo(await place(), 1);
    expect(told).toMatchObject({ data: { shortages: [{ product_id: 'prod_3', requested: 2, available: 0 }] } });
    expect(levels()).toEqual({ prod_1: 5, prod_2: 5 });
  });

  it('asks for nothing when it was over before it began', async () => {
    remote.startCalls();
    const orderId = newId('Order');
    await remote.saga.handle([cancelled(orderId), created(orderId, { prod_1: 1 })]);
    expect(await remote.told(orderId)).toMatchObject([{ type: 'StockCompensated', data: { lines: [] } }]);
    expect(shop.asked).toEqual([]);
  });

  it('asks for nothing when it is over before anything was asked', async () => {
    const orderId = await place();
    await remote.saga.handle([cancelled(orderId)]);
    expect(await remote.told(orderId)).toMatchObject([{ type: 'StockCompensated', data: { lines: [] } }]);
    remote.startCalls();
    await remote.settled();
    expect(shop.asked).toEqual([]);
  });

  it('changes nothing when its events come again', async () => {
    remote.startCalls();
    const orderId = newId('Order');
    const beginning = created(orderId, { prod_1: 2 });
    await remote.saga.handle([beginning, beginning]);
    await remote.toldSo(orderId, 1);
    await remote.saga.handle([beginning]);
    await remote.settled();
    expect(await typesOf(orderId, 1)).toEqual(['StockReserved']);
    expect(levels()).toEqual({ ...FULL, prod_1: 3 });
  });

  it('is not taken for one that the saga has not received while its calls are under way', async () => {
    const orderId = newId('Order');
    const beginning = created(orderId, { prod_1: 2 });
    expect(await remote.saga.undelivered([beginning.envelope])).toEqual([beginning.envelope.eventId]);
    await remote.saga.handle([beginning]);
    expect(await remote.saga.undelivered([beginning.envelope])).toEqual([]);
  });
});

describe('a call', () => {
  const TROUBLES: readonly (readonly [string, OnTheWay])[] = [
    ['is lost', 'LoseRequest'],
    ['is lost with its answer', 'LoseAnswer'],
    ['is answered by what cannot be read', 'Garble'],
    ['is answered by more than is read', 'Flood'],
    ['is answered too late', { delayMs: 400 }],
    ['is answered by 500', { status: 500 }],
    ['is answered by 503', { status: 503, retryAfter: '0' }],
    ['is answered by 429', { status: 429 }],
    ['is answered by 401', { status: 401 }],
    ['is answered by 302', { status: 302 }],
  ];

  it.each(TROUBLES)('that %s is made again under its key, and counts once', async (_, trouble) => {
    const seen = new Map<string, number>();
    shop.onTheWay = ({ key }) => {
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return seen.get(key) === 1 ? trouble : 'Pass';
    };
    remote.startCalls();
    const orderId = await place();
    await remote.toldSo(orderId, 1);
    await remote.saga.handle([cancelled(orderId)]);
    expect(await typesOf(orderId, 2)).toEqual(['StockReserved', 'StockCompensated']);
    expect([...seen.values()]).toEqual([2, 2, 2, 2, 2, 2]);
    expect([...shop.applied.values()]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(levels()).toEqual(FULL);
  });

  it('that is doubled on its way counts once', async () => {
    shop.onTheWay = () => 'Double';
    remote.startCalls();
    await remote.toldSo(await place(), 1);
    expect(levels()).toEqual({ prod_1: 3, prod_2: 3, prod_3: 3 });
  });

  it('is left alone for as long as the inventory wants', async () => {
    shop.onTheWay = () => (shop.asked.length === 1 ? { status: 503, retryAfter: '1' } : 'Pass');
    remote.startCalls();
    const startedAt = performance.now();
    await remote.toldSo(await place(), 1);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });

  it('whose answer is not known is settled, and not guessed, when the order is over meanwhile', async () => {
    shop.onTheWay = ({ path }) => (path.includes('prod_2') && shop.asked.length < 4 ? 'LoseAnswer' : 'Pass');
    remote.startCalls({ backoffMs: 400 });
    const orderId = await place();
    await eventually(() => expect(levels()).toMatchObject({ prod_2: 3 }));
    await remote.saga.handle([cancelled(orderId)]);
    expect(await remote.toldSo(orderId, 1)).toMatchObject([{ type: 'StockCompensated', data: { lines: [] } }]);
    expect(waysAsked().slice(2)).toContain('prod_2 reduce');
    expect(waysAsked()).not.toContain('prod_3 reduce');
    expect(levels()).toEqual(FULL);
  });

  it('whose key is under way after its answer came too late counts once, and takes nothing from anybody', async () => {
    const seen = new Map<string, number>();
    shop.onTheWay = ({ key }) => {
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return ([{ delayMs: 400 }, { status: 409 }] as const)[(seen.get(key) ?? 0) - 1] ?? 'Pass';
    };
    remote.startCalls();
    const orderId = await place();
    expect(await typesOf(orderId, 1)).toEqual(['StockReserved']);
    expect([...shop.applied.values()]).toEqual([1, 1, 1]);
  });

  it('by which units do not come back is made until they do', async () => {
    remote.startCalls();
    const orderId = await place();
    await remote.toldSo(orderId, 1);
    const refused = (): boolean => shop.asked.filter(({ path }) => path.endsWith('increase')).length < 4;
    shop.onTheWay = ({ path }) => (path.endsWith('increase') && refused() ? { status: 404 } : 'Pass');
    await remote.saga.handle([cancelled(orderId)]);
    expect(await typesOf(orderId, 2)).toEqual(['StockReserved', 'StockCompensated']);
    expect(levels()).toEqual(FULL);
  });
});

describe('the process that makes the calls', () => {
  it('may stop in the middle of one: another goes on', async () => {
    shop.onTheWay = ({ path }) => (path.includes('prod_2') ? { delayMs: 5_000 } : 'Pass');
    const first = remote.startCalls({ timeoutMs: 10_000 });
    const orderId = await place();
    await eventually(() => expect(shop.asked).toHaveLength(2));
    const startedAt = performance.now();
    await first[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    shop.onTheWay = () => 'Pass';
    remote.startCalls();
    expect(await typesOf(orderId, 1)).toEqual(['StockReserved']);
    expect(levels()).toEqual({ prod_1: 3, prod_2: 3, prod_3: 3 });
  });

  it('may have company: of many orders each takes all or nothing, and none takes what is not there', async () => {
    for (let processes = 0; processes < 3; processes += 1) remote.startCalls();
    shop.onTheWay = () => (shop.asked.length % 3 === 0 ? 'LoseAnswer' : 'Pass');
    const orderIds = await Promise.all(Array.from({ length: 12 }, place));
    const ends = await Promise.all(orderIds.map((orderId) => typesOf(orderId, 1)));
    const reserved = ends.flat().filter((type) => type === 'StockReserved').length;
    expect(reserved).toBeLessThanOrEqual(2);
    await remote.settled();
    expect(levels()).toEqual({ prod_1: 5 - 2 * reserved, prod_2: 5 - 2 * reserved, prod_3: 5 - 2 * reserved });
  });
});

describe('an order that ends where it began', () => {
  it('takes from the ledger what it began there, and gives it back there', async () => {
    const { saga: ledger } = remote.withKeeper('Ledger');
    const productId = newId('Product');
    await ledger.adjustStock(
      { productId, delta: 3, reason: null },
      { idempotencyKey: null, traceparent: null, reach: 'Everything' },
    );
    const orderId = newId('Order');
    await ledger.handle([created(orderId, { [productId]: 2 })]);
    await remote.saga.handle([cancelled(orderId)]);
    expect(await typesOf(orderId, 2)).toEqual(['StockReserved', 'StockCompensated']);
    expect(await remote.saga.stockLevel(productId)).toMatchObject({ available: 3, reserved: 0 });
    expect(shop.asked).toEqual([]);
  });

  it('gives back at the inventory what it took there, when new orders take from the ledger', async () => {
    const orderId = await place();
    const { saga: ledger } = remote.withKeeper('Ledger');
    remote.startCalls();
    await remote.toldSo(orderId, 1);
    await ledger.handle([cancelled(orderId)]);
    expect(await typesOf(orderId, 2)).toEqual(['StockReserved', 'StockCompensated']);
    expect(levels()).toEqual(FULL);
  });
});

describe('adjustStock', () => {
  it('is refused where the stock is kept elsewhere, and says where to go', async () => {
    const command = { productId: newId('Product'), delta: 3, reason: null };
    const context = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;
    expect(await remote.saga.adjustStock(command, context)).toEqual({
      ok: false,
      error: {
        code: 'INVALID_INPUT',
        message: 'The stock is kept in another inventory (PANIER_INVENTORY_URL): adjust it there.',
      },
    });
  });
});
