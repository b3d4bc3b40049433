import { ok } from '../../../src/platform/index.ts';
import type { World } from '../system/world.ts';
import type { Client, Command } from './client.ts';

/** Of one unit, of whichever product. */
export const PRICE = '10.50';

const operator = (idempotencyKey: string) => ({ idempotencyKey, traceparent: null, reach: 'Everything' }) as const;

const offer = (id: string): Command<{ readonly id: string }> => ({
  name: 'upsertProduct',
  asked: { productId: id },
  run: ({ write }, key) => write.upsertProduct({ id, name: id, price: PRICE, currency: 'EUR' }, operator(key)),
});

const stockUp = (productId: string, delta: number): Command<{ readonly id: string }> => ({
  name: 'adjustStock',
  asked: { productId, delta },
  run: async ({ saga }, idempotencyKey) => {
    const adjusted = await saga.adjustStock({ productId, delta, reason: null }, operator(idempotencyKey));
    return adjusted.ok ? ok({ id: productId }) : adjusted;
  },
});

/** Puts so many units of each product on sale, in one or two deliveries, wherever the stock is kept. */
export const stockShop = async (client: Client, products: readonly string[], world: World): Promise<void> => {
  const { keeper, unitsOfEach: units } = world.swarm;
  for (const productId of products) {
    await client.command(offer(productId));
    if (keeper !== 'Ledger') world.inventory.deliver(productId, units);
    if (keeper === 'Remote') continue;
    const first = client.random.integer(1, units);
    await client.command(stockUp(productId, first));
    if (first < units) await client.command(stockUp(productId, units - first));
  }
};
