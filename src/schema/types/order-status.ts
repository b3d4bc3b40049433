import type { OrderStatus as Status } from '../../events/index.ts';
import { builder } from '../builder.ts';

const STATUSES = {
  PENDING: { description: 'Created; whether there is enough stock is not decided yet.' },
  AWAITING_PAYMENT: { description: 'The stock of all lines is reserved.' },
  CONFIRMED: { description: 'Paid: final.' },
  REJECTED: { description: 'The stock could not be reserved: final, no stock held.' },
  COMPENSATING: { description: 'Payment failed, or the order was cancelled or expired: its stock is on its way back.' },
  CANCELLED: { description: 'The stock was returned: final.' },
} as const satisfies Record<Status, { description: string }>;

export const OrderStatus = builder.enumType('OrderStatus', {
  description:
    'How far an order has come. CONFIRMED, REJECTED and CANCELLED are final; a refund, or the outcome of a charge, may still follow.',
  values: STATUSES,
});
