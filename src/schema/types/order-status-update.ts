import { builder } from '../builder.ts';
import type { OrderSource } from '../order-source.ts';
import { Order } from './order.ts';
import { SagaStep, type SagaStepSource } from './saga-step.ts';

export interface OrderStatusUpdateSource {
  readonly cursor: string;
  readonly order: OrderSource;
  readonly step: SagaStepSource | null;
}

export const OrderStatusUpdate = builder.objectRef<OrderStatusUpdateSource>('OrderStatusUpdate').implement({
  description: 'One moment in the life of an order.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Opaque; given as `after`, the subscription goes on behind this update.',
    }),
    order: t.field({ type: Order, description: 'The order as it was after this step.', resolve: ({ order }) => order }),
    step: t.field({
      type: SagaStep,
      nullable: true,
      description: 'The step that made this update; null on the first snapshot.',
      resolve: ({ step }) => step,
    }),
  }),
});
