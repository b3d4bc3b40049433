import type { World } from '../system/world.ts';
import type { Client, Command } from './client.ts';

const operator = (idempotencyKey: string) => ({ idempotencyKey, traceparent: null, reach: 'Everything' }) as const;

const offer = (id: string): Command<{ readonly id: string }> => ({
  name: 'upsertProduct',
  run: ({ write }, key) => write.upsertProduct({ id, name: id, price: '10.50', currency: 'EUR' }, operator(key)),
});

const stockUp = (productId: string, delta: number): Command<{ readonly id?: string }> => ({
  name: 'adjustStock',
  run: async ({ saga }, idempotencyKey) => {
    const adjusted = await saga.adjustStock({ productId, delta, reason: null }, operator(idempotencyKey));
    return adjusted.ok ? { ok: true, value: {} } : adjusted;
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
