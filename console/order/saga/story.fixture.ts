import type { Step } from './steps.ts';

interface Told {
  readonly type: string;
  readonly by?: string;
  readonly atMs?: number;
  /** Revision of the step that caused it; 0: none. */
  readonly cause?: number;
  readonly status?: Step['status'];
}

const START_MS = Date.UTC(2026, 0, 1);

/** Steps of an order, numbered as they are told; each follows from the one before, ten milliseconds later, unless it says otherwise. */
export const story = (...told: readonly Told[]): readonly Step[] =>
  told.map(({ type, by = 'ecommerce-api-1', atMs, cause, status = 'PENDING' }, index) => {
    const follows = cause ?? index;
    return {
      revision: index + 1,
      cursor: `c${index + 1}`,
      status,
      event: {
        eventId: `event_${index + 1}`,
        type,
        occurredAt: new Date(START_MS + (atMs ?? index * 10)).toISOString(),
        causationId: follows === 0 ? null : `event_${follows}`,
        producerInstance: by,
        stream: 'ecommerce.orders.events',
      },
    };
  });

const SAGA = 'inventory-saga-consumer-1';

/** What a declined order goes through. */
export const DECLINED = story(
  { type: 'OrderCreated' },
  { type: 'StockReserved', by: SAGA, status: 'AWAITING_PAYMENT' },
  { type: 'PaymentRequested', status: 'AWAITING_PAYMENT' },
  { type: 'PaymentPending', status: 'AWAITING_PAYMENT' },
  { type: 'PaymentFailed', cause: 3, status: 'COMPENSATING' },
  { type: 'StockCompensated', by: SAGA, status: 'CANCELLED' },
);

/** As many reports of another service as somebody likes to send, after an order. */
export const withReports = (count: number): readonly Step[] =>
  story(
    { type: 'OrderCreated' },
    { type: 'StockReservationFailed', by: SAGA, status: 'REJECTED' },
    ...Array.from({ length: count }, () => ({
      type: 'PaymentFailed',
      by: 'shop-service-1',
      cause: 0,
      status: 'REJECTED' as const,
    })),
    { type: 'OrderRejected', cause: 2, status: 'REJECTED' },
  );
