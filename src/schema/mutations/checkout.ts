import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Order } from '../types/order.ts';
import { cartIdField, expectedVersionField, idempotencyKeyField } from './inputs.ts';
import { orderMemberOf, resultUnion } from './result-union.ts';

const CheckoutInput = builder.inputType('CheckoutInput', {
  description: 'Which cart to order, and how it is paid.',
  fields: (t) => ({
    cartId: cartIdField(t),
    paymentMethod: t.string({
      description:
        'The payment provider\'s name of a payment method, such as "pm_card_visa". With it the order is charged as soon as its stock is reserved; without it, it waits for payOrder until its reservation expires.',
    }),
    expectedVersion: expectedVersionField(t),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const CheckoutResult = resultUnion('Checkout', {
  of: Order,
  refusals: [
    'NOT_FOUND',
    'INVALID_INPUT',
    'CART_EMPTY',
    'CART_MERGED',
    'ORDER_CLOSED',
    'PAYMENT_IN_PROGRESS',
    'VERSION_CONFLICT',
    'IDEMPOTENCY_CONFLICT',
  ],
});

export const checkout = (t: MutationFields) =>
  t.field({
    type: CheckoutResult,
    access: owners('orders:write'),
    description:
      'Turns the cart into an order and starts its saga. With paymentMethod the order is charged as soon as its stock is reserved; without it, it waits for payOrder until its reservation expires. Checking out a cart twice answers with the same order twice; with another paymentMethod than before, the second does what payOrder does. Watch it with Subscription.orderStatus.',
    args: { input: t.arg({ type: CheckoutInput, required: true, description: 'Which cart, and how it is paid.' }) },
    resolve: async (...[_root, { input }, context, info]) => {
      const { cartId, paymentMethod = null } = input;
      const result = await context.write.checkOut({ cartId, paymentMethod }, commandContext(context, input));
      return orderMemberOf(result, context, info);
    },
  });
