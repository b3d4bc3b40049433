import { useRef } from 'react';
import { FilterBar } from '../../ui/filters/filter-bar.tsx';
import { FilterChoices } from '../../ui/filters/filter-choices.tsx';
import { FilterInstant } from '../../ui/filters/filter-fields.tsx';
import { FilterText } from '../../ui/filters/filter-text.tsx';
import { type Filters, useFilters } from '../../ui/filters/use-filters.ts';
import type { CartRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { EmptyList } from '../../ui/live-list/empty-list.tsx';
import { LiveListFrame } from '../../ui/live-list/live-list-frame.tsx';
import { useHeld } from '../../ui/live-list/use-held.ts';
import { Table } from '../../ui/parts/table.tsx';
import { CART_STATUS_TEXTS } from '../cart/texts.ts';
import { PAGE_TITLES } from '../page-titles.ts';
import { Forbidden } from '../sign-in/forbidden.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import { useCartColumns } from './cart-columns.tsx';
import { CART_FILTERS, type CartFilterName, isStillCart } from './cart-filters.ts';
import { TEXTS } from './texts.ts';
import { useCartList } from './use-cart-list.ts';

const keyOf = ({ id }: CartRowFragment): string => id;
const pathOf = ({ id }: CartRowFragment): string => `/carts/${id}`;

const CartsFilters = ({ filters }: { readonly filters: Filters<CartFilterName> }) => {
  const texts = useTexts(TEXTS);
  const statuses = Object.entries(useTexts(CART_STATUS_TEXTS)).map(([value, name]) => ({ value, name }));
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
      <FilterInstant label={texts.since} value={values.since} onChange={(since) => set({ since })} />
      <FilterInstant label={texts.until} value={values.until} onChange={(until) => set({ until })} />
    </FilterBar>
  );
};

const Carts = () => {
  const title = useTexts(PAGE_TITLES).carts;
  const texts = useTexts(TEXTS);
  const columns = useCartColumns();
  const filters = useFilters(CART_FILTERS);
  const rows = useRef<HTMLDivElement>(null);
  const isHeld = useHeld(rows);
  const list = useCartList(filters.values, isHeld || filters.areSet);
  return (
    <>
      <h1>{title}</h1>
      <CartsFilters filters={filters} />
      <div ref={rows}>
        <LiveListFrame list={list} empty={<EmptyList texts={texts} isFiltered={filters.areSet} />}>
          <Table
            label={title}
            columns={columns}
            rows={list.list?.edges.map(({ node }) => node) ?? []}
            keyOf={keyOf}
            pathOf={pathOf}
            isBusy={list.isAsking}
            isFaded={({ status }) => !isStillCart(status, filters.values)}
          />
        </LiveListFrame>
      </div>
    </>
  );
};

const CartsPage = () => {
  const texts = useTexts(TEXTS);
  if (useMay('orders:read')) return <Carts />;
  return <Forbidden texts={texts} />;
};

export default CartsPage;
