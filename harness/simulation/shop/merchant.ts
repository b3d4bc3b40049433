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

/** Puts so many units of each product on sale, in one or two deliveries. */
export const stockShop = async (client: Client, products: readonly string[], units: number): Promise<void> => {
  for (const productId of products) {
    await client.command(offer(productId));
    const first = client.random.integer(1, units);
    await client.command(stockUp(productId, first));
    if (first < units) await client.command(stockUp(productId, units - first));
  }
};
