import type { SelectQueryBuilder } from 'kysely';
import type { Tables } from '../database/index.ts';

/** Which events; what is left out, or null, restricts nothing. `since` <= occurredAt < `until`, both RFC 3339. */
export interface EventFilter {
  readonly eventId?: string | null | undefined;
  readonly aggregateId?: string | null | undefined;
  readonly correlationId?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly stream?: string | null | undefined;
  readonly since?: string | null | undefined;
  readonly until?: string | null | undefined;
}

type EventQuery<O> = SelectQueryBuilder<Tables, 'audit.event_store', O>;

export const filtered = <O>(query: EventQuery<O>, filter: EventFilter): EventQuery<O> => {
  const { eventId, aggregateId, correlationId, types, stream, since, until } = filter;
  return query
    .$if(eventId != null, (all) => all.where('event_id', '=', eventId ?? ''))
    .$if(aggregateId != null, (all) => all.where('aggregate_id', '=', aggregateId ?? ''))
    .$if(correlationId != null, (all) => all.where('correlation_id', '=', correlationId ?? ''))
    .$if(types != null, (all) => all.where((event) => event('type', '=', event.fn.any(event.val([...(types ?? [])])))))
    .$if(stream != null, (all) => all.where('stream', '=', stream ?? ''))
    .$if(since != null, (all) => all.where('occurred_at', '>=', new Date(since ?? '')))
    .$if(until != null, (all) => all.where('occurred_at', '<', new Date(until ?? '')));
};
