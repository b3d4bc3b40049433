import { assertNever } from '../../../ui/assert-never.ts';
import type { OrderHead } from '../order-state.ts';

export type Action = 'pay' | 'cancel' | 'reorder';

/** What the state of an order allows. */
export const actionsOf = ({ status, payment }: Pick<OrderHead, 'status' | 'payment'>): readonly Action[] => {
  switch (status) {
    case 'PENDING':
    case 'AWAITING_PAYMENT':
      return payment === null ? ['pay', 'cancel'] : ['cancel'];
    case 'COMPENSATING':
      return [];
    case 'CONFIRMED':
    case 'REJECTED':
    case 'CANCELLED':
      return ['reorder'];
  }
  return assertNever(status);
};
