/** How an event of an order ends things. */
export type StepLook = 'good' | 'bad' | 'warn' | 'plain';

const LOOKS: Readonly<Record<string, StepLook>> = {
  StockReserved: 'good',
  PaymentSucceeded: 'good',
  OrderConfirmed: 'good',
  StockReservationFailed: 'bad',
  PaymentFailed: 'bad',
  OrderRejected: 'bad',
  OrderCancelled: 'bad',
  PaymentDisputed: 'bad',
  StockCompensated: 'warn',
  PaymentRefunded: 'warn',
};

export const lookOf = (type: string): StepLook => LOOKS[type] ?? 'plain';
