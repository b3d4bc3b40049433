import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { cartIdField, cartItemIdField, expectedVersionField, idempotencyKeyField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const SetCartItemQuantityInput = builder.inputType('SetCartItemQuantityInput', {
  description: 'How many units an item is to have.',
  fields: (t) => ({
    cartId: cartIdField(t),
    cartItemId: cartItemIdField(t),
    quantity: t.int({ required: true, description: 'Units: 1 to 999, or 0 to remove the item.' }),
    expectedVersion: expectedVersionField(t),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const SetCartItemQuantityResult = resultUnion('SetCartItemQuantity', {
  of: Cart,
  refusals: [
    'NOT_FOUND',
    'INVALID_INPUT',
    'CART_CHECKED_OUT',
    'CART_MERGED',
    'CURRENCY_MISMATCH',
    'VERSION_CONFLICT',
    'IDEMPOTENCY_CONFLICT',
  ],
});

export const setCartItemQuantity = (t: MutationFields) =>
  t.field({
    type: SetCartItemQuantityResult,
    access: owners('orders:write'),
    description:
      'Sets the quantity of an item. quantity 0 removes the item. A product that is sold in another currency by now may only get less.',
    args: {
      input: t.arg({ type: SetCartItemQuantityInput, required: true, description: 'Which item, and how many.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { cartId, cartItemId, quantity } = input;
      return memberOf(
        await context.write.setCartItemQuantity({ cartId, cartItemId, quantity }, commandContext(context, input)),
      );
    },
  });
