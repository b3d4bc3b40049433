import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { cartIdField, expectedVersionField, idempotencyKeyField, productIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const ItemInput = builder.inputType('ItemInput', {
  description: 'Units of a product.',
  fields: (t) => ({
    productId: productIdField(t),
    quantity: t.int({
      required: true,
      defaultValue: 1,
      description: 'Units to add: 1 to 999, and no more than 999 with those already there.',
    }),
  }),
});

const AddCartItemsInput = builder.inputType('AddCartItemsInput', {
  description: 'What to put in which cart, all at once.',
  fields: (t) => ({
    cartId: cartIdField(t),
    items: t.field({
      type: [ItemInput],
      required: true,
      description: 'Products and how many of each: 1 to 100. One that comes twice is added twice.',
    }),
    expectedVersion: expectedVersionField(t),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const AddCartItemsResult = resultUnion('AddCartItems', {
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

export const addCartItems = (t: MutationFields) =>
  t.field({
    type: AddCartItemsResult,
    access: owners('orders:write'),
    description:
      'Adds many products to a cart, as addCartItem does each of them: all, or none when one does not go in, which the refusal names.',
    args: { input: t.arg({ type: AddCartItemsInput, required: true, description: 'What to add.' }) },
    resolve: async (_root, { input }, context) => {
      const { cartId, items } = input;
      return memberOf(await context.write.addCartItems({ cartId, items }, commandContext(context, input)));
    },
  });
