import type { EventFilter as Filter } from '../../audit/index.ts';
import { builder } from '../builder.ts';
import { badUserInput } from '../failures.ts';

export const EventFilter = builder.inputType('EventFilter', {
  description: 'Which events. Every field that is given must fit; a field that is left out, or null, fits all.',
  fields: (t) => ({
    eventId: t.id({ description: 'The one with this id.' }),
    aggregateId: t.id({ description: 'Of this cart, order or product.' }),
    correlationId: t.id({ description: "Of this saga: an order's id." }),
    types: t.stringList({ description: 'Of one of these types: ["OrderCreated", "OrderConfirmed"].' }),
    stream: t.string({ description: 'Carried by this stream: "ecommerce.orders.events".' }),
    since: t.field({ type: 'DateTime', description: 'Occurred at this instant or later.' }),
    until: t.field({ type: 'DateTime', description: 'Occurred before this instant.' }),
  }),
});

const MAX_TYPES = 100;

const ABOUT = { path: ['filter', 'types'], allowed: { type: 'array', maxItems: MAX_TYPES } } as const;

/** @throws a GraphQL error with code `BAD_USER_INPUT` when there are too many types. */
export const checkedFilter = (filter: Filter | null | undefined): Filter => {
  if ((filter?.types?.length ?? 0) > MAX_TYPES)
    throw badUserInput(`filter.types takes at most ${MAX_TYPES} types.`, ABOUT);
  return filter ?? {};
};
