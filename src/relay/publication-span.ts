import { streamOfKey } from '../events/index.ts';
import { beginShared, type Span } from '../platform/index.ts';
import type { Added, Addition } from './outbox.ts';

/** Begins the span of one step to one stream. What is published again makes another one, in the same traces. */
export const beginPublication = ({ stream, envelopes }: Addition): Span | undefined =>
  beginShared(envelopes, () => ({
    name: `publish ${streamOfKey(stream)}`,
    kind: 'producer',
    attributes: {
      'messaging.system': 'redis',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.destination.name': streamOfKey(stream),
      ...(envelopes.length > 1 && { 'messaging.batch.message_count': envelopes.length }),
    },
  }));

export const notePublication = (span: Span, added: Added): void => {
  span.set({ 'panier.outcome': added.type });
  if (added.type === 'Failed') span.fail(added.error.name);
};
