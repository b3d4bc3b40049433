import type { Reordered as Done } from '../../write/index.ts';
import { owners } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { LineChange } from '../types/line-change.ts';
import { idempotencyKeyField, orderIdField } from './inputs.ts';
import { memberOf, resultUnion } from './result-union.ts';

const ReorderInput = builder.inputType('ReorderInput', {
  description: 'Which order to start again.',
  fields: (t) => ({ orderId: orderIdField(t), idempotencyKey: idempotencyKeyField(t) }),
});

const Reordered = builder.objectRef<Done>('Reordered').implement({
  description: 'A new cart with what an order had.',
  fields: (t) => ({
    cart: t.field({
      type: Cart,
      description: "The new cart: the order's lines that are still sold, at today's prices, whatever is in stock.",
      resolve: ({ cart }) => cart,
    }),
    changes: t.field({
      type: [LineChange],
      description: 'What is not as it was, in the order of the lines; empty when all is.',
      resolve: ({ cart, changes }) => changes.map((change) => ({ ...change, currency: cart.currency })),
    }),
  }),
});

const ReorderResult = resultUnion('Reorder', {
  of: Reordered,
  refusals: ['NOT_FOUND', 'INVALID_INPUT', 'IDEMPOTENCY_CONFLICT'],
});

export const reorder = (t: MutationFields) =>
  t.field({
    type: ReorderResult,
    access: owners('orders:write'),
    description:
      "Makes a new cart with an order's lines, at today's prices, and says what changed: after a decline or a shortage, say. It is whose order it was; the order stays as it is, however it stands. With an idempotencyKey it is made once.",
    args: { input: t.arg({ type: ReorderInput, required: true, description: 'Which order.' }) },
    resolve: async (_root, { input }, context) =>
      memberOf(await context.write.reorder({ orderId: input.orderId }, commandContext(context, input))),
  });
