import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../../test/support/recorded.ts';
import { type Product, productAggregate, type UpsertProduct, upsertProduct } from './product.ts';

const COMMAND: UpsertProduct = { id: 'prod_1', name: 'Camera', price: '699.99', currency: 'EUR' };
const upserted = (data = { name: 'Camera', price: '699.99', currency: 'EUR' }) => ({
  ok: true,
  value: { events: [{ type: 'ProductUpserted', data: { productId: 'prod_1', ...data } }] },
});

const after = (product: Product, decided: ReturnType<typeof upsertProduct>): Product =>
  (decided.ok ? decided.value.events : []).reduce(
    (state, event) => productAggregate.evolve(state, recorded(event, { aggregateId: 'prod_1' })),
    product,
  );

describe('upsert a product', () => {
  it('records what is new', () => {
    expect(upsertProduct(null, COMMAND)).toEqual(upserted());
    const known = { name: 'Camera', price: '700.00', currency: 'EUR' };
    expect(upsertProduct(known, COMMAND)).toEqual(upserted());
  });

  it('decides nothing when the catalogue says so already', () => {
    const known = after(null, upsertProduct(null, COMMAND));
    expect(upsertProduct(known, { ...COMMAND, name: ' Camera ', price: '0699.990' })).toEqual({
      ok: true,
      value: { events: [] },
    });
  });

  it('takes a price in the form of its currency', () => {
    expect(upsertProduct(null, { ...COMMAND, price: '1', currency: 'EUR' })).toEqual(
      upserted({ name: 'Camera', price: '1.00', currency: 'EUR' }),
    );
    expect(upsertProduct(null, { ...COMMAND, price: '5.0', currency: 'JPY' })).toEqual(
      upserted({ name: 'Camera', price: '5', currency: 'JPY' }),
    );
  });

  it.each([
    ['id', { id: 'camera' }],
    ['id', { id: 'prod_' }],
    ['id', { id: 'prod_a b' }],
    ['name', { name: '  ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['name', { name: 'a\0b' }],
    ['price', { price: '-0.01' }],
    ['price', { price: '1.001' }],
    ['price', { price: '10000000.01' }],
    ['price', { price: 'free' }],
    ['currency', { currency: 'XXX1' }],
    ['currency', { currency: 'eur' }],
  ])('rejects a wrong %s, case %#', (_, wrong) => {
    expect(upsertProduct(null, { ...COMMAND, ...wrong })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
  });

  it('twice decides nothing the second time, whatever it is', () => {
    const commands = fc.record({
      id: fc.constant('prod_1'),
      name: fc.string({ minLength: 1, maxLength: 30 }),
      price: fc.stringMatching(/^0{0,2}\d{1,6}(\.\d{1,2}0?)?$/),
      currency: fc.constantFrom('EUR', 'KWD', 'JPY'),
    });
    fc.assert(
      fc.property(commands, (command) => {
        const product = after(null, upsertProduct(null, command));
        fc.pre(product !== null);
        expect(upsertProduct(product, command)).toEqual({ ok: true, value: { events: [] } });
      }),
    );
  });
});
