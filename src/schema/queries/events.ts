import { BehindEnd, type SeenEvent } from '../../audit/index.ts';
import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { cursorBehindEnd, decodeBeforeEvent, decodeEventCursor, encodeEventCursor } from '../event-cursor.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { DomainEventConnection } from '../types/domain-event-connection.ts';
import { checkedFilter, EventFilter } from '../types/event-filter.ts';

/** An event as an edge of a list. */
export const eventEdge = ({ partition, seen, envelope }: SeenEvent) => ({
  cursor: encodeEventCursor({ seen, partition }),
  node: envelope,
});

const refused = (error: unknown): never => {
  throw error instanceof BehindEnd ? cursorBehindEnd() : error;
};

export const events = (t: QueryFields) =>
  t.field({
    type: DomainEventConnection,
    access: holders('events:read'),
    description: 'The event store, oldest first.',
    args: {
      ...pageArgs,
      ...consistentWithArg,
      filter: t.arg({ type: EventFilter, description: 'Only events that fit; all when left out.' }),
    },
    resolve: async (_root, { filter, consistentWith, ...args }, context) => {
      await awaitList(context, consistentWith, null);
      const { first, last, after, before } = pageWindow(args);
      const window = {
        first,
        last,
        after: after === null ? null : decodeEventCursor(after),
        before: before === null ? null : decodeBeforeEvent(before),
      };
      const { events: found, ...page } = await context.audit
        .page({ ...window, filter: checkedFilter(filter) })
        .catch(refused);
      return { ...page, edges: found.map(eventEdge) };
    },
  });
