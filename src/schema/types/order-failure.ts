import type { OrderFailure as Failure, OrderFailureReason as Reason } from '../../events/index.ts';
import { builder } from '../builder.ts';

const REASONS = {
  OUT_OF_STOCK: { description: 'Not enough of one product or more.' },
  PAYMENT_DECLINED: { description: 'The payment provider said no.' },
  PAYMENT_EXPIRED: { description: 'Nobody paid before the reservation expired.' },
  CANCELLED_BY_CUSTOMER: { description: 'cancelOrder was called.' },
} as const satisfies Record<Reason, { description: string }>;

export const OrderFailureReason = builder.enumType('OrderFailureReason', {
  description: 'Why an order did not go through.',
  values: REASONS,
});

export const OrderFailure = builder.objectRef<Failure>('OrderFailure').implement({
  description: 'Why an order did not go through.',
  fields: (t) => ({
    reason: t.field({
      type: OrderFailureReason,
      description: 'Stable and machine readable.',
      resolve: ({ reason }) => reason,
    }),
    message: t.exposeString('message', { description: 'For people to read; may be empty.' }),
    productIds: t.field({
      type: ['ID'],
      description: 'The products of which there was not enough; empty for the other reasons.',
      resolve: ({ productIds }) => [...productIds],
    }),
  }),
});
