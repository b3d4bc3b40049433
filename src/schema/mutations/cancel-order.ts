import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Order } from '../types/order.ts';
import { idempotencyKeyField, orderIdField } from './inputs.ts';
import { orderMemberOf, resultUnion } from './result-union.ts';

const CancelOrderInput = builder.inputType('CancelOrderInput', {
  description: 'Which order to call off.',
  fields: (t) => ({
    orderId: orderIdField(t),
    reason: t.string({ description: "For people to read; becomes the order's failure message." }),
    idempotencyKey: idempotencyKeyField(t),
  }),
});

const CancelOrderResult = resultUnion('CancelOrder', {
  of: Order,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'ORDER_CLOSED', 'IDEMPOTENCY_CONFLICT'],
});

export const cancelOrder = (t: MutationFields) =>
  t.field({
    type: CancelOrderResult,
    access: owners('orders:write'),
    description:
      'Calls off an order that is not final. Its stock is given back, and a payment that comes in all the same is refunded.',
    args: { input: t.arg({ type: CancelOrderInput, required: true, description: 'Which order, and why.' }) },
    resolve: async (...[_root, { input }, context, info]) => {
      const { orderId, reason = null } = input;
      const result = await context.write.cancelOrder({ orderId, reason }, commandContext(context, input));
      return orderMemberOf(result, context, info);
    },
  });
