import type { KeptDeadLetter } from '../../bus/index.ts';
import type { Recorded } from '../../events/index.ts';
import { type Aggregate, type Decision, NOTHING } from '../execution/aggregate.ts';

/** What an operator decided of a dead letter last. */
export type DeadLetter =
  | { readonly state: 'OPEN' }
  | { readonly state: 'RETRIED'; readonly reason?: string | undefined }
  | { readonly state: 'DISCARDED'; readonly reason: string };

export const deadLetterAggregate: Aggregate<DeadLetter, 'DeadLetter'> = {
  kind: 'DeadLetter',
  initialState: { state: 'OPEN' },
  evolve: (letter, { event }: Recorded) => {
    if (event.type === 'DeadLetterRetried') return { state: 'RETRIED', reason: event.data.reason };
    return event.type === 'DeadLetterDiscarded' ? { state: 'DISCARDED', reason: event.data.reason } : letter;
  },
};

const dataOf = ({ id, group, stream, entryId }: KeptDeadLetter) => ({
  deadLetterId: id,
  consumerGroup: group,
  stream,
  entryId,
});

/** Any letter may be retried, at any time: whoever has handled the entry knows it by its id. */
export const retry = (letter: KeptDeadLetter, reason?: string): Decision => ({
  events: [{ type: 'DeadLetterRetried', data: { ...dataOf(letter), ...(reason !== undefined && { reason }) } }],
});

/** Discarding again for the same reason decides nothing. */
export const discard = (decided: DeadLetter, letter: KeptDeadLetter, reason: string): Decision =>
  decided.state === 'DISCARDED' && decided.reason === reason
    ? NOTHING
    : { events: [{ type: 'DeadLetterDiscarded', data: { ...dataOf(letter), reason } }] };
