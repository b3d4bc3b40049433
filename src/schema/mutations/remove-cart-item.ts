import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { cartIdField, cartItemIdField, expectedVersionField, idempotencyKeyField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const RemoveCartItemInput = builder.inputType('RemoveCartItemInput', {
  description: 'Which item to take out of which cart.',
  fields: (t) => ({
    cartId: cartIdField(t),
    cartItemId: cartItemIdField(t),
    expectedVersion: expectedVersionField(t),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const RemoveCartItemResult = resultUnion('RemoveCartItem', {
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

export const removeCartItem = (t: MutationFields) =>
  t.field({
    type: RemoveCartItemResult,
    access: owners('orders:write'),
    description: 'Takes an item out of a cart.',
    args: { input: t.arg({ type: RemoveCartItemInput, required: true, description: 'Which item.' }) },
    resolve: async (_root, { input }, context) => {
      const { cartId, cartItemId } = input;
      return memberOf(await context.write.removeCartItem({ cartId, cartItemId }, commandContext(context, input)));
    },
  });
