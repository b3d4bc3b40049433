import { builder } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { cartId, cartItemId, expectedVersion, idempotencyKey } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const SetCartItemQuantityInput = builder.inputType('SetCartItemQuantityInput', {
  description: 'How many units an item is to have.',
  fields: (t) => ({
    cartId: cartId(t),
    cartItemId: cartItemId(t),
    quantity: t.int({ required: true, description: 'Units: 1 to 999, or 0 to remove the item.' }),
    expectedVersion: expectedVersion(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const SetCartItemQuantityResult = resultUnion('SetCartItemQuantity', {
  of: Cart,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'CART_CHECKED_OUT', 'VERSION_CONFLICT', 'IDEMPOTENCY_CONFLICT'],
});

builder.mutationField('setCartItemQuantity', (t) =>
  t.field({
    type: SetCartItemQuantityResult,
    description: 'Sets the quantity of an item. quantity 0 removes the item.',
    args: { input: t.arg({ type: SetCartItemQuantityInput, required: true, description: 'Which item, and how many.' }) },
    resolve: async (_root, { input }, context) => {
      const { cartId, cartItemId, quantity } = input;
      return memberOf(await context.write.setCartItemQuantity({ cartId, cartItemId, quantity }, commandContext(context, input)));
    },
  }),
);
