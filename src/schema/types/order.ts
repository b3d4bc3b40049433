import { encodeConsistencyToken, orderStatusOf, readOrder, reservationExpiresAt } from '../../events/index.ts';
import { builder, type ObjectFields } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { customerOf } from '../customer-of.ts';
import type { OrderSource } from '../order-source.ts';
import { Money, moneyOf } from './money.ts';
import { Node } from './node.ts';
import { OrderFailure } from './order-failure.ts';
import { OrderLine } from './order-line.ts';
import { OrderPayment, paymentOf } from './order-payment.ts';
import { OrderStatus } from './order-status.ts';
import { SagaStep, type SagaStepSource } from './saga-step.ts';

interface Stretch {
  readonly after?: number | null | undefined;
  readonly upTo?: number | null | undefined;
}

const stepsOf = async (
  { id, revision }: OrderSource,
  { after, upTo }: Stretch,
  { batches }: GatewayContext,
): Promise<readonly SagaStepSource[]> => {
  if (revision === 0) return [];
  const asked = { orderId: id, after: after ?? 0, ...(upTo == null ? {} : { upTo }) };
  return (await batches.steps.load(asked)).filter((step) => step.revision <= revision);
};

const whatWasOrdered = (t: ObjectFields<OrderSource>) => ({
  cartId: t.id({ description: 'The cart that it was (cart_…).', resolve: ({ created }) => created.cartId }),
  customerId: t.id({
    nullable: true,
    description: "The customer whose order it is; null for a visitor's.",
    resolve: ({ created }, _args, context) => customerOf(context, created),
  }),
  lines: t.field({
    type: [OrderLine],
    description: "The cart's items at checkout, in their order.",
    resolve: ({ created }) => created.lines.map((line) => ({ ...line, currency: created.currency })),
  }),
  totalAmount: t.field({
    type: Money,
    description: 'What is charged: the sum of the line totals.',
    resolve: ({ created }) => moneyOf(created.totalAmount, created.currency),
  }),
  createdAt: t.field({
    type: 'DateTime',
    description: 'When it was checked out.',
    resolve: ({ createdAt }) => createdAt,
  }),
});

const howItGoes = (t: ObjectFields<OrderSource>) => ({
  status: t.field({
    type: OrderStatus,
    description: 'How far the order has come.',
    resolve: ({ facts }) => orderStatusOf(facts),
  }),
  reservationExpiresAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When an unpaid reservation is given back; null once paid or final.',
    resolve: ({ facts }) => reservationExpiresAt(facts),
  }),
  payment: t.field({
    type: OrderPayment,
    nullable: true,
    description: 'How its payment stands; null while none was asked for.',
    resolve: (order) => paymentOf(order),
  }),
  failure: t.field({
    type: OrderFailure,
    nullable: true,
    description: 'Why the order did not go through: set on REJECTED, COMPENSATING and CANCELLED.',
    resolve: ({ facts }) => readOrder(facts).failure,
  }),
});

const howFarItIs = (t: ObjectFields<OrderSource>) => ({
  steps: t.field({
    type: [SagaStep],
    description:
      "Every event of the order's saga so far, in the order in which the read side took them in. Of a long one, ask for stretches.",
    args: {
      after: t.arg.int({ description: 'Only those behind this revision; from the first on when left out.' }),
      upTo: t.arg.int({ description: 'Only those up to this revision; to the last when left out.' }),
    },
    resolve: stepsOf,
  }),
  revision: t.int({
    description:
      'Number of steps so far. Grows by one with each step: 1, 2, 3 … 0 while the read side has not heard of the order, or of what a mutation has just done to it.',
    resolve: ({ revision }) => revision,
  }),
  updatedAt: t.field({
    type: 'DateTime',
    description: 'When the latest of its events occurred.',
    resolve: ({ updatedAt }) => updatedAt,
  }),
  consistencyToken: t.string({
    description: 'Stands for this state of the order. See Query.order(consistentWith:).',
    resolve: ({ point }) => encodeConsistencyToken(point),
  }),
});

export const Order = builder.objectRef<OrderSource>('Order').implement({
  description: 'A cart that was checked out, on its way to be paid.',
  interfaces: [Node],
  fields: (t) => ({ ...whatWasOrdered(t), ...howItGoes(t), ...howFarItIs(t) }),
});
