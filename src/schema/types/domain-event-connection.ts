import { connectionOf, edgeOf } from './connection.ts';
import { DomainEvent } from './domain-event.ts';

export const DomainEventEdge = edgeOf(DomainEvent, (t) =>
  t.field({ type: DomainEvent, description: 'The DomainEvent.', resolve: ({ node }) => node }),
);
export const DomainEventConnection = connectionOf(DomainEvent, DomainEventEdge);
