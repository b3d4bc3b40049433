import type { EventsAfter, SeenEvent } from '../../audit/index.ts';
import { furthest, hasSeen, type Positions } from '../../events/index.ts';
import { holders } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import { cursorBehindEnd, decodeEventCursor, encodePositions } from '../event-cursor.ts';
import { eventEdge } from '../queries/events.ts';
import { DomainEventEdge } from '../types/domain-event-connection.ts';
import { checkedFilter, EventFilter } from '../types/event-filter.ts';
import type { Pull } from './live-streams.ts';
import { resumedFrom } from './resumption.ts';

const BATCH = 200;

interface Feed {
  readonly from: Positions;
  readonly heads: () => Promise<Positions>;
  readonly eventsAfter: (seen: Positions, limit: number) => Promise<EventsAfter>;
}

/** Every event behind what was seen, in the order of the event store. */
async function* eventFeed({ from, heads, eventsAfter }: Feed, pull: Pull): AsyncGenerator<SeenEvent> {
  let seen = from;
  while (!pull.signal.aborted) {
    const after = seen;
    const upTo = await pull.read(heads);
    if (!hasSeen(upTo, after)) throw cursorBehindEnd();
    const { events, to, goesOn } = await pull.read(() => eventsAfter(after, BATCH));
    yield* events;
    seen = to;
    if (goesOn) continue;
    // Everything up to the heads was looked at: a filter that fits little would otherwise look at it again each time.
    seen = furthest(seen, upTo);
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
      const eventsAfter = (asked: Positions, limit: number) =>
        batches.eventsAfter.load({ seen: asked, filter: fitting, limit });
      const heads = () => batches.heads.load('heads');
      return live.open([{ kind: 'Events' }], async (pull) => {
        const there = await heads();
        if (seen !== null && !hasSeen(there, seen)) throw cursorBehindEnd();
        const from = seen ?? there;
        // Known before the first event: cut off until then, a client would go on from a later "now".
        resumption.cursor = encodePositions(from);
        return eventFeed({ from, heads, eventsAfter }, pull);
      });
    },
    resolve: (event, _args, { resumption }) => {
      const edge = eventEdge(event);
      resumption.cursor = edge.cursor;
      return edge;
    },
  });
