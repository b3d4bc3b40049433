import type { Envelope, OrderStatus as Status } from '../../events/index.ts';
import type { OrderStep } from '../../read/index.ts';
import { builder } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { DomainEvent } from './domain-event.ts';
import { OrderStatus } from './order-status.ts';

/** A step whose event is at hand, or one that says where in the event store its event is. */
export type SagaStepSource =
  | { readonly revision: number; readonly status: Status; readonly envelope: Envelope }
  | Pick<OrderStep, 'revision' | 'status' | 'eventPosition'>;

const eventOf = async (step: SagaStepSource, { batches }: GatewayContext): Promise<Envelope> => {
  if ('envelope' in step) return step.envelope;
  const stored = await batches.events.load(step.eventPosition);
  if (stored === null) throw new Error(`The event store has no event at position ${step.eventPosition}`);
  return stored.envelope;
};

export const SagaStep = builder.objectRef<SagaStepSource>('SagaStep').implement({
  description: "One event of an order's saga, and what it made of the order.",
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: '1 for the first step that the read side took in, then 2, 3 …' }),
    event: t.field({
      type: DomainEvent,
      description: 'What happened.',
      resolve: (step, _args, context) => eventOf(step, context),
    }),
    status: t.field({
      type: OrderStatus,
      description: 'Status of the order after this step.',
      resolve: ({ status }) => status,
    }),
  }),
});
