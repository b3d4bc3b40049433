import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { cartIdField, expectedVersionField, idempotencyKeyField, productIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const AddCartItemInput = builder.inputType('AddCartItemInput', {
  description: 'What to put in which cart.',
  fields: (t) => ({
    cartId: cartIdField(t),
    productId: productIdField(t),
    quantity: t.int({
      required: true,
      defaultValue: 1,
      description: 'Units to add: 1 to 999, and no more than 999 with those already there.',
    }),
    expectedVersion: expectedVersionField(t),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const AddCartItemResult = resultUnion('AddCartItem', {
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

export const addCartItem = (t: MutationFields) =>
  t.field({
    type: AddCartItemResult,
    access: owners('orders:write'),
    description: 'Adds units of a product to a cart, at its price of now. Stock is not looked at before checkout.',
    args: { input: t.arg({ type: AddCartItemInput, required: true, description: 'What to add.' }) },
    resolve: async (_root, { input }, context) => {
      const { cartId, productId, quantity } = input;
      return memberOf(await context.write.addCartItem({ cartId, productId, quantity }, commandContext(context, input)));
    },
  });
