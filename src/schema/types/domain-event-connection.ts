import { connectionOf, edgeOf } from './connection.ts';
import { DomainEvent } from './domain-event.ts';

export const DomainEventEdge = edgeOf(DomainEvent);
export const DomainEventConnection = connectionOf(DomainEvent, DomainEventEdge);
