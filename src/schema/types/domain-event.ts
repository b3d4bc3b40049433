import { type Envelope, shownData } from '../../events/index.ts';
import { builder } from '../builder.ts';

const versionOf = ({ eventId, version }: Envelope): number => {
  if (version === null) throw new Error(`${eventId} is in the event store without a version`);
  return version;
};

export const DomainEvent = builder.objectRef<Envelope>('DomainEvent').implement({
  description: 'Something that happened, as the event store keeps it for ever.',
  fields: (t) => ({
    eventId: t.exposeID('eventId', { description: 'Unique; an event that is delivered twice keeps it.' }),
    type: t.exposeString('type', { description: 'Past tense, PascalCase: "OrderCreated".' }),
    stream: t.exposeString('stream', { description: 'The Redis stream that carried it: "ecommerce.orders.events".' }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When it happened, by the clock of the service that wrote it.',
      resolve: ({ occurredAt }) => occurredAt,
    }),
    aggregateType: t.exposeString('aggregateType', { description: '"Cart", "Order", "Product" or "DeadLetter".' }),
    aggregateId: t.exposeID('aggregateId', {
      description: 'Id of the cart, order, product or dead letter that it happened to.',
    }),
    version: t.int({
      description: 'Position among the events that the same service wrote for this aggregate: 1, 2, 3 …',
      resolve: versionOf,
    }),
    correlationId: t.exposeID('correlationId', {
      description: "The order's id for every event of an order's saga, else the aggregate's id.",
    }),
    causationId: t.exposeID('causationId', {
      nullable: true,
      description: 'The event or command that caused it; null if none.',
    }),
    producerInstance: t.exposeString('producerInstance', {
      description: 'The process that wrote it: "ecommerce-api-1".',
    }),
    data: t.field({
      type: 'JSON',
      description: 'What the event says: a JSON object in snake_case, money as decimal strings.',
      resolve: ({ data }) => shownData(data),
    }),
  }),
});
