import type { EventFilter as Filter } from '../../audit/index.ts';
import { builder } from '../builder.ts';
import { badUserInput } from '../failures.ts';

export const EventFilter = builder.inputType('EventFilter', {
  description: 'Which events. Every field that is given must fit; a field that is left out, or null, fits all.',
  fields: (t) => ({
    aggregateId: t.id({ description: 'Of this cart, order or product.' }),
    correlationId: t.id({ description: "Of this saga: an order's id." }),
    types: t.stringList({ description: 'Of one of these types: ["OrderCreated", "OrderConfirmed"].' }),
    stream: t.string({ description: 'Carried by this stream: "ecommerce.orders.events".' }),
    since: t.field({ type: 'DateTime', description: 'Occurred at this instant or later.' }),
    until: t.field({ type: 'DateTime', description: 'Occurred before this instant.' }),
  }),
});

const MAX_TEXT = 200;
const MAX_TYPES = 100;

/** @throws a GraphQL error with code `BAD_USER_INPUT` when a text is too long or holds NUL, which PostgreSQL cannot compare with. */
export const checkedFilter = (filter: Filter | null | undefined): Filter => {
  const { aggregateId, correlationId, stream, types } = filter ?? {};
  if ((types?.length ?? 0) > MAX_TYPES) throw badUserInput(`filter.types takes at most ${MAX_TYPES} types.`);
  for (const text of [aggregateId, correlationId, stream, ...(types ?? [])]) {
    if (text && (text.length > MAX_TEXT || text.includes('\0')))
      throw badUserInput('filter holds a text that no event can have.');
  }
  return filter ?? {};
};
