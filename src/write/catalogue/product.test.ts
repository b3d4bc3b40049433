import { describe, expect, it } from 'vitest';
import { recorded } from '../../../harness/support/recorded.ts';
import { newId } from '../../events/index.ts';
import { type Product, productAggregate, upsertProduct } from './product.ts';

const command = { id: newId('Product'), name: 'Camera', price: '699.99', currency: 'EUR' };

const after = (product: Product): Product =>
  upsertProduct(product, command).events.reduce(
    (state, event) => productAggregate.evolve(state, recorded(event)),
    product,
  );

describe('upserting a product', () => {
  it('records what the catalogue did not say', () => {
    const { id: productId, ...said } = command;
    expect(upsertProduct(null, command)).toEqual({
      events: [{ type: 'ProductUpserted', data: { productId, ...said } }],
    });
  });

  it('decides nothing when the catalogue says so already', () => {
    expect(upsertProduct(after(null), command)).toEqual({ events: [] });
  });

  it.each([{ name: 'Mug' }, { price: '1.00' }, { currency: 'USD' }])('records a change of %j', (change) => {
    expect(upsertProduct(after(null), { ...command, ...change }).events).toHaveLength(1);
  });
});
