import { FilterBar } from '../../ui/filters/filter-bar.tsx';
import { FilterChoices } from '../../ui/filters/filter-choices.tsx';
import { FilterInstant, FilterSelect } from '../../ui/filters/filter-fields.tsx';
import { FilterText } from '../../ui/filters/filter-text.tsx';
import type { Filters } from '../../ui/filters/use-filters.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { STATUS_TEXTS } from '../../ui/parts/status-badge.tsx';
import type { OrderFilterName } from './order-filters.ts';
import { REASON_TEXTS, TEXTS } from './texts.ts';

const choicesOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, name]) => ({ value, name }));

export const OrdersFilters = ({ filters }: { readonly filters: Filters<OrderFilterName> }) => {
  const texts = useTexts(TEXTS);
  const statuses = choicesOf(useTexts(STATUS_TEXTS));
  const reasons = choicesOf(useTexts(REASON_TEXTS));
  const { values, set } = filters;
  return (
    <FilterBar filters={filters}>
      <FilterChoices
        label={texts.status}
        choices={statuses}
        value={values.status}
        onChange={(status) => set({ status })}
      />
      <FilterText
        label={texts.customer}
        value={values.customer}
        onChange={(customer, options) => set({ customer }, options)}
      />
      <FilterText
        label={texts.product}
        placeholder={texts.productHint}
        value={values.product}
        onChange={(product, options) => set({ product }, options)}
      />
      <FilterSelect
        label={texts.reason}
        all={texts.anyReason}
        choices={reasons}
        value={values.reason}
        onChange={(reason) => set({ reason })}
      />
      <FilterText
        label={texts.failure}
        value={values.failure}
        onChange={(failure, options) => set({ failure }, options)}
      />
      <FilterInstant label={texts.since} value={values.since} onChange={(since) => set({ since })} />
      <FilterInstant label={texts.until} value={values.until} onChange={(until) => set({ until })} />
    </FilterBar>
  );
};
