import { describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ProductDocument } from '../../src/cli/client.ts';
import { DEMO_PRODUCTS, fillDemoCatalogue, isUntouched } from '../../src/cli/demo-catalogue.ts';
import { startPanier } from './panier.ts';

describe('the demo catalogue', () => {
  it('puts every product on its shelf, once, however many processes fill it', async () => {
    await using instance = await startPanier();
    const untouched = () => isUntouched({ ...instance.panier, journal: instance.db });
    expect(await untouched()).toBe(true);
    await Promise.all([fillDemoCatalogue(instance.panier), fillDemoCatalogue(instance.panier)]);
    expect(await untouched()).toBe(false);
    const client = instance.client();
    for (const { id, name, stock } of DEMO_PRODUCTS) {
      await eventually(async () =>
        expect((await client.request(ProductDocument, { id })).product).toMatchObject({ name, available: stock }),
      );
    }
  });

  it('goes on where it was interrupted, and leaves a shop’s own products as they are, whatever they are called', async () => {
    await using instance = await startPanier({ roles: ['gateway'] });
    const { write } = instance.panier;
    const asked = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;
    const untouched = () => isUntouched({ ...instance.panier, journal: instance.db });
    const [{ id, name, price } = { id: '', name: '', price: '' }] = DEMO_PRODUCTS;
    await write.upsertProduct({ id, name, price, currency: 'EUR' }, asked);
    expect(await untouched()).toBe(true);
    await write.upsertProduct({ id: 'prod_camera', name: 'Camera', price: '1.00', currency: 'EUR' }, asked);
    expect(await untouched()).toBe(false);
    await using another = await startPanier({ roles: ['gateway'] });
    await another.panier.write.upsertProduct({ id, name: 'Camera', price, currency: 'EUR' }, asked);
    expect(await isUntouched({ ...another.panier, journal: another.db })).toBe(false);
  });
});
