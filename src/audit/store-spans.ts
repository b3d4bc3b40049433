import { beginSpan, currentTraceparent, type Span } from '../platform/index.ts';

/** Each is a part of the delivery that is being handled. */
const begin = (start: Parameters<typeof beginSpan>[1]): Span | undefined => beginSpan(currentTraceparent(), start);

/** Of writing events to the event store, and asking for the rows that they concern. */
export const beginStore = (events: number): Span | undefined =>
  begin(() => ({
    name: 'store',
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': 'INSERT',
      'db.collection.name': 'audit.event_store',
      ...(events > 1 && { 'db.operation.batch.size': events }),
    },
  }));

/** Of folding what is new into the read models. */
export const beginProject = (): Span | undefined => begin(() => ({ name: 'project' }));

/** Of telling the gateways what has changed. */
export const beginAnnounce = (): Span | undefined =>
  begin(() => ({
    name: 'announce',
    kind: 'producer',
    attributes: {
      'messaging.system': 'redis',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'ecommerce.read.changes',
    },
  }));
