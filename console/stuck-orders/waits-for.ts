import { assertNever } from '../../ui/assert-never.ts';
import type { StuckOrderItemFragment } from '../../ui/generated/operations.ts';

/** What an order that does not move on is waiting for. */
export type WaitsFor = 'Stock' | 'PaymentRequest' | 'Provider' | 'End' | 'StockBack' | 'Refund' | 'Other';

type Standing = Pick<StuckOrderItemFragment, 'status' | 'payment' | 'failure'>;

const beforeItsEnd = (payment: Standing['payment']): WaitsFor => {
  if (payment === null) return 'PaymentRequest';
  switch (payment.status) {
    case 'REQUESTED':
    case 'PENDING':
    case 'ACTION_REQUIRED':
      return 'Provider';
    case 'SUCCEEDED':
    case 'FAILED':
    case 'REFUNDED':
      return 'End';
  }
  return assertNever(payment.status);
};

/** By how it stands, as the runbook has it. Money that came in for an order that is over is to be given back. */
export const waitsFor = ({ status, payment, failure }: Standing): WaitsFor => {
  switch (status) {
    case 'PENDING':
      return failure === null ? 'Stock' : 'End';
    case 'AWAITING_PAYMENT':
      return beforeItsEnd(payment);
    case 'COMPENSATING':
      return 'StockBack';
    case 'CANCELLED':
    case 'REJECTED':
      return payment?.status === 'SUCCEEDED' ? 'Refund' : 'Other';
    case 'CONFIRMED':
      return 'Other';
  }
  return assertNever(status);
};
