import type { Envelope, OrderStatus as Status } from '../../events/index.ts';
import { builder } from '../builder.ts';
import { encodeOrderCursor } from '../order-cursor.ts';
import { DomainEvent } from './domain-event.ts';
import { OrderStatus } from './order-status.ts';

export interface SagaStepSource {
  readonly orderId: string;
  readonly revision: number;
  readonly status: Status;
  readonly envelope: Envelope;
}

export const SagaStep = builder.objectRef<SagaStepSource>('SagaStep').implement({
  description: "One event of an order's saga, and what it made of the order.",
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: '1 for the first step that the read side took in, then 2, 3 …' }),
    cursor: t.string({
      description:
        'Opaque; given as `after`, Subscription.orderStatus goes on behind this step: whoever shows `steps` misses none, and sees none twice.',
      resolve: encodeOrderCursor,
    }),
    event: t.field({
      type: DomainEvent,
      description: 'What happened.',
      resolve: ({ envelope }) => envelope,
    }),
    status: t.field({
      type: OrderStatus,
      description: 'Status of the order after this step.',
      resolve: ({ status }) => status,
    }),
  }),
});
