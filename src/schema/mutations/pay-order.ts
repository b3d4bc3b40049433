import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Order } from '../types/order.ts';
import { idempotencyKeyField, orderIdField } from './inputs.ts';
import { orderMemberOf, resultUnion } from './result-union.ts';

const PayOrderInput = builder.inputType('PayOrderInput', {
  description: 'Which order to pay, and how.',
  fields: (t) => ({
    orderId: orderIdField(t),
    paymentMethod: t.string({
      required: true,
      description: 'The payment provider\'s name of a payment method, such as "pm_card_visa".',
    }),
    reason: t.string({
      description:
        'Why, where it is not the customer who pays; stands in the event PaymentRequested; 1 to 500 characters.',
    }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const PayOrderResult = resultUnion('PayOrder', {
  of: Order,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'ORDER_CLOSED', 'PAYMENT_IN_PROGRESS', 'IDEMPOTENCY_CONFLICT'],
});

export const payOrder = (t: MutationFields) =>
  t.field({
    type: PayOrderResult,
    access: owners('orders:write'),
    description:
      'Charges an order that was checked out without a payment method. The outcome comes with Subscription.orderStatus.',
    args: { input: t.arg({ type: PayOrderInput, required: true, description: 'Which order, and how it is paid.' }) },
    resolve: async (...[_root, { input }, context, info]) => {
      const { orderId, paymentMethod, reason } = input;
      const result = await context.write.payOrder({ orderId, paymentMethod, reason }, commandContext(context, input));
      return orderMemberOf(result, context, info);
    },
  });
