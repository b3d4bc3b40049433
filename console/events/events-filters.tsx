import { chosenOf, toggled } from '../../ui/filters/chosen.ts';
import { FilterBar } from '../../ui/filters/filter-bar.tsx';
import { FilterChoices } from '../../ui/filters/filter-choices.tsx';
import { FilterInstant, FilterSelect } from '../../ui/filters/filter-fields.tsx';
import { FilterText } from '../../ui/filters/filter-text.tsx';
import type { Filters } from '../../ui/filters/use-filters.ts';
import { useTexts } from '../../ui/language/language.tsx';
import type { EventFilterName } from './event-filters.ts';
import { EVENT_TYPES } from './event-types.ts';
import { TEXTS } from './texts.ts';

interface EventsFiltersProps {
  readonly filters: Filters<EventFilterName>;
  readonly eventId: string;
  readonly onEventId: (id: string, options: { readonly replace: boolean }) => void;
}

const named = (values: readonly string[]) => values.map((value) => ({ value, name: value }));

export const EventsFilters = ({ filters, eventId, onEventId }: EventsFiltersProps) => {
  const texts = useTexts(TEXTS);
  const { values, set } = filters;
  const chosen = chosenOf(values.types);
  const others = Object.values(EVENT_TYPES)
    .flat()
    .filter((type) => !chosen.includes(type));
  return (
    <FilterBar filters={filters}>
      <FilterSelect
        label={texts.type}
        all={chosen.length === 0 ? texts.anyType : texts.addType}
        choices={named(others)}
        value=""
        onChange={(type) => set({ types: toggled(values.types, type) })}
      />
      <FilterText
        label={texts.thing}
        value={values.aggregate}
        onChange={(aggregate, options) => set({ aggregate }, options)}
      />
      <FilterText
        label={texts.saga}
        value={values.correlation}
        onChange={(correlation, options) => set({ correlation }, options)}
      />
      <FilterSelect
        label={texts.stream}
        all={texts.anyStream}
        choices={named(Object.keys(EVENT_TYPES))}
        value={values.stream}
        onChange={(stream) => set({ stream })}
      />
      <FilterInstant label={texts.since} value={values.since} onChange={(since) => set({ since })} />
      <FilterInstant label={texts.until} value={values.until} onChange={(until) => set({ until })} />
      <FilterText label={texts.event} placeholder={texts.eventHint} value={eventId} onChange={onEventId} />
      {chosen.length > 0 && (
        <FilterChoices
          label={texts.types}
          choices={named(chosen)}
          value={values.types}
          onChange={(types) => set({ types })}
        />
      )}
    </FilterBar>
  );
};
