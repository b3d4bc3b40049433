import { describe, expect, it } from 'vitest';
import { type PaymentEvent, paymentsOf } from './payments.ts';

const event = (type: string, data: unknown, orderId = 'order_1'): PaymentEvent => ({
  eventId: `event_${type}`,
  type,
  correlationId: orderId,
  occurredAt: '2026-01-01T00:00:00.000Z',
  producerInstance: 'ecommerce-api-1',
  data,
});
const requested = (orderId?: string) =>
  event('PaymentRequested', { amount: '5.00', currency: 'EUR', method_kind: 'CARD', attempt: 1 }, orderId);
const dispute = (id: string, status: string) =>
  event('PaymentDisputed', { payment_id: 'pi_1', dispute_id: id, status, reason: 'FRAUDULENT' });

describe('the payments that events tell of', () => {
  it('are one an order, with what was said of it', () => {
    const failed = event('PaymentFailed', { reason: 'PAYMENT_DECLINED', message: 'Your card was declined.' });
    expect(paymentsOf([requested(), failed])).toMatchObject([
      {
        orderId: 'order_1',
        money: { amount: '5.00', currency: 'EUR' },
        method: 'CARD',
        attempt: 1,
        lastType: 'PaymentFailed',
        reason: 'Your card was declined.',
      },
    ]);
  });

  it('forget the refusal of an attempt when the next one is asked for', () => {
    const failed = event('PaymentFailed', { reason: 'PAYMENT_DECLINED', message: 'no' });
    expect(paymentsOf([failed, requested()])[0]?.reason).toBeNull();
  });

  it('keep each dispute as it stands', () => {
    const [payment] = paymentsOf([
      requested(),
      dispute('dp_1', 'OPEN'),
      dispute('dp_2', 'OPEN'),
      dispute('dp_1', 'WON'),
    ]);
    expect(payment?.disputes).toEqual([
      { id: 'dp_2', status: 'OPEN', reason: 'FRAUDULENT' },
      { id: 'dp_1', status: 'WON', reason: 'FRAUDULENT' },
    ]);
    expect(payment).toMatchObject({ paymentId: 'pi_1', reason: null });
  });

  it('come in the order in which they were last told of', () => {
    const of = paymentsOf([requested('order_1'), requested('order_2'), event('PaymentPending', {}, 'order_1')]);
    expect(of.map(({ orderId }) => orderId)).toEqual(['order_1', 'order_2']);
  });

  it('may say nothing that is known', () => {
    expect(paymentsOf([event('PaymentSucceeded', null)])).toMatchObject([{ money: null, method: null }]);
  });
});
