import { assertNever } from '../../../ui/assert-never.ts';
import type { OrderHeadFragment } from '../../../ui/generated/operations.ts';
import { ORDER_LANE, PROVIDER_LANE, STOCK_LANE } from './lanes.ts';

/** What an order waits for, as far as it shows. */
export type WaitsFor = 'Stock' | 'Payment' | 'Charge' | 'Customer' | 'Owner' | 'Compensation' | 'Refund';

export interface Pending {
  readonly for: WaitsFor;
  /** Whose turn it is. */
  readonly lane: string;
}

type Shown = Pick<OrderHeadFragment, 'status' | 'payment'>;

const ofPayment = (status: NonNullable<Shown['payment']>['status'] | undefined): Pending => {
  switch (status) {
    case undefined:
    case 'FAILED':
    case 'REFUNDED':
      return { for: 'Payment', lane: ORDER_LANE };
    case 'REQUESTED':
    case 'PENDING':
      return { for: 'Charge', lane: PROVIDER_LANE };
    case 'ACTION_REQUIRED':
      return { for: 'Customer', lane: PROVIDER_LANE };
    case 'SUCCEEDED':
      return { for: 'Owner', lane: ORDER_LANE };
  }
  return assertNever(status);
};

/** What has to happen next; null once nothing has, which is for the API to say: `isOver`. */
export const pendingOf = ({ status, payment }: Shown, isOver: boolean): Pending | null => {
  if (isOver) return null;
  switch (status) {
    case 'PENDING':
      return { for: 'Stock', lane: STOCK_LANE };
    case 'AWAITING_PAYMENT':
      return ofPayment(payment?.status);
    case 'COMPENSATING':
      return { for: 'Compensation', lane: STOCK_LANE };
    case 'REJECTED':
    case 'CANCELLED':
      if (payment?.status === 'SUCCEEDED') return { for: 'Refund', lane: PROVIDER_LANE };
      return payment?.status === 'REQUESTED' || payment?.status === 'PENDING'
        ? { for: 'Charge', lane: PROVIDER_LANE }
        : null;
    case 'CONFIRMED':
      return null;
  }
  return assertNever(status);
};
