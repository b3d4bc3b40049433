import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { cartIdField, expectedVersionField, idempotencyKeyField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const ClearCartInput = builder.inputType('ClearCartInput', {
  description: 'Which cart to empty.',
  fields: (t) => ({
    cartId: cartIdField(t),
    expectedVersion: expectedVersionField(t),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const ClearCartResult = resultUnion('ClearCart', {
  of: Cart,
  refusals: [
    'NOT_FOUND',
    'INVALID_INPUT',
    'CART_CHECKED_OUT',
    'CART_MERGED',
    'VERSION_CONFLICT',
    'IDEMPOTENCY_CONFLICT',
  ],
});

export const clearCart = (t: MutationFields) =>
  t.field({
    type: ClearCartResult,
    access: owners('orders:write'),
    description: 'Takes everything out of a cart, at once. Of an empty cart it changes nothing.',
    args: { input: t.arg({ type: ClearCartInput, required: true, description: 'Which cart.' }) },
    resolve: async (_root, { input }, context) =>
      memberOf(await context.write.clearCart({ cartId: input.cartId }, commandContext(context, input))),
  });
