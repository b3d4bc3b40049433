import { chosenOf } from '../../ui/filters/chosen.ts';
import type { FilterValues } from '../../ui/filters/use-filters.ts';
import type { EventFilter } from '../../ui/generated/operations.ts';

/** As they are called in the page's address. */
export const EVENT_FILTERS = ['types', 'stream', 'aggregate', 'correlation', 'since', 'until'] as const;
export type EventFilterName = (typeof EVENT_FILTERS)[number];

/** What the API is asked. */
export const eventFilterOf = (values: FilterValues<EventFilterName>): EventFilter => {
  const types = chosenOf(values.types);
  const { stream, aggregate, correlation, since, until } = values;
  return {
    ...(types.length > 0 && { types }),
    ...(stream !== '' && { stream }),
    ...(aggregate !== '' && { aggregateId: aggregate }),
    ...(correlation !== '' && { correlationId: correlation }),
    ...(since !== '' && { since }),
    ...(until !== '' && { until }),
  };
};
