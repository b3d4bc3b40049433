import {
  type DataOf,
  type EventType,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type Recorded,
} from '../../src/events/index.ts';
import { history } from './recorded.ts';

const ORDER_ID = 'order_1';
const LINES = [{ productId: 'prod_1', quantity: 2 }];
const EXPIRES_AT = '2026-01-02T04:00:00.000Z';

const order = <T extends EventType>(type: T, data: Omit<DataOf<T>, 'orderId'>): OrderEvent =>
  ({ type, data: { orderId: ORDER_ID, ...data } }) as unknown as OrderEvent;

const payment = { amount: '21.00', currency: 'EUR' };

export const created = order('OrderCreated', {
  cartId: 'cart_1',
  customerId: null,
  sessionId: null,
  currency: 'EUR',
  lines: [{ productId: 'prod_1', quantity: 2, unitPrice: '10.50' }],
  totalAmount: '21.00',
  methodKind: 'CARD',
});
export const reserved = order('StockReserved', { ok: true, lines: LINES, expiresAt: EXPIRES_AT });
export const shortage = order('StockReservationFailed', {
  ok: false,
  shortages: [{ productId: 'prod_1', requested: 2, available: 1 }],
});
export const requested = order('PaymentRequested', { ...payment, methodKind: 'CARD', attempt: 1 });
export const pending = (waitsFor: 'PROVIDER' | 'CUSTOMER') => order('PaymentPending', { waitsFor });
export const succeeded = (paymentId = 'pay_1', amount = '21.00', currency = 'EUR') =>
  order('PaymentSucceeded', { paymentId, amount, currency });
export const refunded = (paymentId = 'pay_1') =>
  order('PaymentRefunded', { ...payment, paymentId, reason: 'too late' });
export const declined = order('PaymentFailed', { reason: 'PAYMENT_DECLINED', message: 'Your card was declined.' });
export const expired = order('PaymentFailed', { reason: 'PAYMENT_EXPIRED', message: 'Too late.' });
export const chargedTooLate = order('PaymentFailed', { reason: 'ORDER_OVER', message: 'Your card was declined.' });
export const confirmed = order('OrderConfirmed', {});
export const rejected = order('OrderRejected', { reason: 'OUT_OF_STOCK' });
export const cancelled = order('OrderCancelled', { reason: 'changed my mind' });
export const compensated = order('StockCompensated', { lines: LINES });
export const nothingToCompensate = order('StockCompensated', { lines: [] });

/** The events as they were recorded, one a millisecond. */
export const recordedInTurn = (events: readonly OrderEvent[]) =>
  history(ORDER_ID, events) as readonly Recorded<OrderEvent>[];

export const factsOf = (recorded: readonly Recorded<OrderEvent>[]): OrderFacts => recorded.reduce(learn, NOTHING_KNOWN);

/** Whole lives of orders, among them some that no single service would tell. */
export const HISTORIES: Readonly<Record<string, readonly OrderEvent[]>> = {
  confirmed: [created, reserved, requested, succeeded(), confirmed],
  'confirmed after a while': [
    created,
    reserved,
    requested,
    pending('CUSTOMER'),
    pending('PROVIDER'),
    succeeded(),
    confirmed,
  ],
  rejected: [created, shortage, rejected],
  declined: [created, reserved, requested, declined, compensated],
  expired: [created, reserved, expired, compensated],
  'cancelled before the reservation': [created, cancelled, nothingToCompensate],
  'cancelled after the reservation': [created, reserved, requested, cancelled, compensated],
  'cancelled while the stock ran out': [created, cancelled, shortage],
  'paid too late': [created, reserved, requested, expired, compensated, succeeded(), refunded()],
  'paid twice': [created, reserved, requested, succeeded('pay_1'), confirmed, succeeded('pay_2'), refunded('pay_2')],
  'said to have failed after it was confirmed': [created, reserved, succeeded(), confirmed, declined],
  'given back after it was confirmed': [created, reserved, succeeded(), confirmed, declined, compensated],
  'said to be both reserved and out of stock': [created, reserved, shortage, rejected],
  'told twice with different data': [created, reserved, declined, expired, cancelled, cancelled, compensated],
};
