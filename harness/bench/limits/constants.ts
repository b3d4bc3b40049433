const money = (amount: string) => ({ amount, currency: 'EUR' });

const line = (productId: string) => ({ productId, quantity: 1, unitPrice: money('19.90'), lineTotal: money('19.90') });

const step = (revision: number, type: string, status: string) => ({
  revision,
  status,
  event: { eventId: `event_0000000000000000000000000${revision}`, type, occurredAt: '2026-01-01T00:00:00.000Z' },
});

/** An order that looks like one of panier's after its whole way. */
export const ORDER = {
  id: 'order_00000000000000000000000000',
  status: 'CONFIRMED',
  totalAmount: money('39.80'),
  lines: [line('prod_bench0'), line('prod_bench1')],
  steps: [
    step(1, 'OrderCreated', 'PENDING'),
    step(2, 'StockReserved', 'AWAITING_PAYMENT'),
    step(3, 'PaymentSucceeded', 'CONFIRMED'),
  ],
};
