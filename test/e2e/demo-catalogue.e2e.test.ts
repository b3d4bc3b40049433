import { describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ProductDocument } from '../../src/cli/client.ts';
import { DEMO_PRODUCTS, fillDemoCatalogue, isUntouched } from '../../src/cli/demo-catalogue.ts';
import { startPanier } from './panier.ts';

describe('the demo catalogue', () => {
  it('puts every product on its shelf, once, however many processes fill it', async () => {
    await using instance = await startPanier();
    expect(await isUntouched(instance.panier)).toBe(true);
    await Promise.all([fillDemoCatalogue(instance.panier), fillDemoCatalogue(instance.panier)]);
    expect(await isUntouched(instance.panier)).toBe(false);
    const client = instance.client();
    for (const { id, name, stock } of DEMO_PRODUCTS) {
      await eventually(async () =>
        expect((await client.request(ProductDocument, { id })).product).toMatchObject({ name, available: stock }),
      );
    }
  });
});
