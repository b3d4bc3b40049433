import type { OrderStatus } from '../../ui/generated/operations.ts';

/** What an order that does not move on is waiting for. */
export type WaitsFor = 'Stock' | 'PaymentRequest' | 'Provider' | 'Confirmation' | 'StockBack' | 'Refund' | 'Unknown';

interface Standing {
  readonly status: OrderStatus;
  readonly steps: readonly { readonly event: { readonly type: string } }[];
}

const AFTER: Readonly<Record<string, WaitsFor>> = {
  OrderCreated: 'Stock',
  StockReserved: 'PaymentRequest',
  PaymentRequested: 'Provider',
  PaymentPending: 'Provider',
  OrderCancelled: 'StockBack',
  PaymentFailed: 'StockBack',
  StockReservationFailed: 'Confirmation',
};

const FINAL: readonly OrderStatus[] = ['CONFIRMED', 'REJECTED', 'CANCELLED'];

/** By what came last, as the runbook has it. Money that came in after the end is to be given back. */
export const waitsFor = ({ status, steps }: Standing): WaitsFor => {
  for (const { event } of steps.toReversed()) {
    if (event.type === 'PaymentSucceeded')
      return FINAL.includes(status) || status === 'COMPENSATING' ? 'Refund' : 'Confirmation';
    const found = AFTER[event.type];
    if (found !== undefined) return found;
  }
  return 'Unknown';
};
