import { builder } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { cartId, cartItemId, expectedVersion, idempotencyKey } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const RemoveCartItemInput = builder.inputType('RemoveCartItemInput', {
  description: 'Which item to take out of which cart.',
  fields: (t) => ({
    cartId: cartId(t),
    cartItemId: cartItemId(t),
    expectedVersion: expectedVersion(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const RemoveCartItemResult = resultUnion('RemoveCartItem', {
  of: Cart,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'CART_CHECKED_OUT', 'VERSION_CONFLICT', 'IDEMPOTENCY_CONFLICT'],
});

builder.mutationField('removeCartItem', (t) =>
  t.field({
    type: RemoveCartItemResult,
    description: 'Takes an item out of a cart.',
    args: { input: t.arg({ type: RemoveCartItemInput, required: true, description: 'Which item.' }) },
    resolve: async (_root, { input }, context) => {
      const { cartId, cartItemId } = input;
      return memberOf(await context.write.removeCartItem({ cartId, cartItemId }, commandContext(context, input)));
    },
  }),
);
