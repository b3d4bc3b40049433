import type { StoredEvent } from '../../audit/index.ts';
import { holders } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import { decodeEventCursor, encodeEventCursor } from '../event-cursor.ts';
import { eventEdge } from '../queries/events.ts';
import { DomainEventEdge } from '../types/domain-event-connection.ts';
import { checkedFilter, EventFilter } from '../types/event-filter.ts';
import type { Pull } from './live-streams.ts';
import { resumedFrom } from './resumption.ts';

const BATCH = 200;

interface Feed {
  readonly from: bigint;
  readonly lastPosition: () => Promise<bigint>;
  readonly eventsAfter: (position: bigint, limit: number) => Promise<readonly StoredEvent[]>;
}

/** Every event after a position, in the order of the event store. */
async function* eventFeed({ from, lastPosition, eventsAfter }: Feed, pull: Pull): AsyncGenerator<StoredEvent> {
  let position = from;
  while (!pull.signal.aborted) {
    const after = position;
    const head = await pull.read(lastPosition);
    const events = await pull.read(() => eventsAfter(after, BATCH));
    for (const event of events) {
      yield event;
      position = event.position;
    }
    if (events.length === BATCH) continue;
    // Everything up to the head was looked at: a filter that fits little would otherwise look at it again each time.
    if (head > position) position = head;
    await pull.change();
  }
}

export const events = (t: SubscriptionFields) =>
  t.field({
    type: DomainEventEdge,
    access: holders('events:read'),
    description: 'The event store from `after` on (null: from now), live, in event-store order, nothing left out.',
    args: {
      after: t.arg.string({
        description: 'Cursor of an event, of this subscription or of Query.events; the feed goes on behind it.',
      }),
      filter: t.arg({ type: EventFilter, description: 'Only events that fit; all when left out.' }),
    },
    subscribe: (_root, { after, filter }, { batches, live, resumption }) => {
      const fitting = checkedFilter(filter);
      const cursor = resumedFrom(resumption, after);
      const seen = cursor === null ? null : decodeEventCursor(cursor);
      const eventsAfter = (position: bigint, limit: number) =>
        batches.eventsAfter.load({ position, filter: fitting, limit });
      const lastPosition = () => batches.lastPosition.load('last');
      return live.open([{ kind: 'Events' }], async (pull) => {
        const from = seen ?? (await lastPosition());
        // Known before the first event: cut off until then, a client would go on from a later "now".
        resumption.cursor = encodeEventCursor(from);
        return eventFeed({ from, lastPosition, eventsAfter }, pull);
      });
    },
    resolve: (event, _args, { resumption }) => {
      const edge = eventEdge(event);
      resumption.cursor = edge.cursor;
      return edge;
    },
  });
