import { beforeEach, describe, expect, it } from 'vitest';
import { openLogger } from '../../platform/index.ts';
import { Availability } from './availability.ts';
import { Breaker } from './breaker.ts';
import { askOverHttp } from './http-availability.ts';
import { startShopInventory } from './shop-inventory.fixture.ts';

let nowMs: number;
let asked: string[];
let units: number | null;
let answered: Promise<void>;
let availability: Availability;

beforeEach(() => {
  nowMs = 0;
  asked = [];
  units = 7;
  answered = Promise.resolve();
  availability = new Availability({
    ask: async (productId) => {
      asked.push(productId);
      await answered;
      return units;
    },
    breaker: new Breaker({ clock: { nowMs: () => nowMs }, logger: openLogger('silent') }),
    concurrency: 2,
    nowMs: () => nowMs,
  });
});

describe('what an inventory elsewhere has', () => {
  it('is asked once for all who look at the same time, and for a while', async () => {
    const [one, other] = await Promise.all([availability.available('prod_1'), availability.available('prod_1')]);
    nowMs = 499;
    expect([one, other, await availability.available('prod_1')]).toEqual([7, 7, 7]);
    expect(asked).toEqual(['prod_1']);
  });

  it('is asked again after that', async () => {
    await availability.available('prod_1');
    nowMs = 500;
    units = 6;
    expect(await availability.available('prod_1')).toBe(6);
  });

  it('is what it told last while it does not answer, and null when it never told', async () => {
    await availability.available('prod_1');
    nowMs = 60_000;
    units = null;
    expect(await availability.available('prod_1')).toBe(7);
    expect(await availability.available('prod_2')).toBeNull();
  });

  it('is not asked any more while it answers nobody', async () => {
    units = null;
    for (let times = 0; times < 20; times += 1) await availability.available('prod_1');
    expect(asked).toHaveLength(5);
  });

  it('is asked for so many products at once; the others wait their turn', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answered = promise;
    const all = ['prod_1', 'prod_2', 'prod_3', 'prod_4'].map((id) => availability.available(id));
    expect(asked).toEqual(['prod_1', 'prod_2']);
    resolve();
    expect(await Promise.all(all)).toEqual([7, 7, 7, 7]);
    expect(asked).toHaveLength(4);
  });

  it('is not asked for what has waited its turn for too long', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answered = promise;
    const all = ['prod_1', 'prod_2', 'prod_3'].map((id) => availability.available(id));
    nowMs = 501;
    resolve();
    expect(await Promise.all(all)).toEqual([7, 7, null]);
    expect(asked).toHaveLength(2);
  });
});

describe('the question over HTTP', () => {
  const silent = openLogger('silent');

  it('has the token, and comes to the number that is available', async () => {
    await using shop = await startShopInventory({ prod_1: 5 });
    const ask = askOverHttp({ url: shop.url, token: 'secret', timeoutMs: 300 }, silent);
    expect([await ask('prod_1'), await ask('prod_2')]).toEqual([5, 0]);
    expect(shop.asked[0]).toMatchObject({
      method: 'GET',
      path: '/stock/products/prod_1',
      authorization: 'Bearer secret',
    });
  });

  it.each(['LoseRequest', 'Garble', 'Flood', { delayMs: 1_000 }, { status: 500 }, { status: 401 }] as const)(
    'comes to nothing by %j, soon',
    async (way) => {
      await using shop = await startShopInventory({ prod_1: 5 });
      shop.onTheWay = () => way;
      const startedAt = performance.now();
      expect(await askOverHttp({ url: shop.url, token: undefined, timeoutMs: 20_000 }, silent)('prod_1')).toBeNull();
      expect(performance.now() - startedAt).toBeLessThan(900);
    },
  );
});
