import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { composeProduct } from '../find-product.ts';
import { Product } from '../types/product.ts';
import { idempotencyKeyField, productIdField } from './inputs.ts';
import { refused, resultUnion } from './result-union.ts';

const AdjustStockInput = builder.inputType('AdjustStockInput', {
  description: 'A change to what is in stock.',
  fields: (t) => ({
    productId: productIdField(t),
    delta: t.int({ required: true, description: 'Units to add; negative takes away, never below zero available.' }),
    reason: t.string({ description: 'For people to read: "delivery 4711".' }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const AdjustStockResult = resultUnion('AdjustStock', {
  of: Product,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'IDEMPOTENCY_CONFLICT'],
});

export const adjustStock = (t: MutationFields) =>
  t.field({
    type: AdjustStockResult,
    access: holders('stock:write'),
    description: "Adds delta (may be negative, never below zero available) to the product's stock.",
    args: { input: t.arg({ type: AdjustStockInput, required: true, description: 'Which product, and by how much.' }) },
    resolve: async (_root, { input }, context) => {
      const { productId, delta, reason = null } = input;
      const result = await context.saga.adjustStock({ productId, delta, reason }, commandContext(context, input));
      return result.ok ? composeProduct(result.value.product, result.value.stock) : refused(result.error);
    },
  });
