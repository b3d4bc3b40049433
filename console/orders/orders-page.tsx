import { useRef } from 'react';
import { useFilters } from '../../ui/filters/use-filters.ts';
import type { OrderRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { EmptyList } from '../../ui/live-list/empty-list.tsx';
import { LiveListFrame } from '../../ui/live-list/live-list-frame.tsx';
import { useHeld } from '../../ui/live-list/use-held.ts';
import { Table } from '../../ui/parts/table.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { Forbidden } from '../sign-in/forbidden.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import { useOrderColumns } from './order-columns.tsx';
import { isStill, ORDER_FILTERS } from './order-filters.ts';
import { OrdersFilters } from './orders-filters.tsx';
import { TEXTS } from './texts.ts';
import { useOrderList } from './use-order-list.ts';

const keyOf = ({ id }: OrderRowFragment): string => id;
const pathOf = ({ id }: OrderRowFragment): string => `/orders/${id}`;

const Orders = () => {
  const title = useTexts(PAGE_TITLES).orders;
  const texts = useTexts(TEXTS);
  const columns = useOrderColumns();
  const filters = useFilters(ORDER_FILTERS);
  const rows = useRef<HTMLDivElement>(null);
  const isHeld = useHeld(rows);
  const list = useOrderList(filters.values, isHeld || filters.areSet);
  const isFiltered = filters.areSet;
  return (
    <>
      <h1>{title}</h1>
      <OrdersFilters filters={filters} />
      <div ref={rows}>
        <LiveListFrame list={list} empty={<EmptyList texts={texts} isFiltered={isFiltered} />}>
          <Table
            label={title}
            columns={columns}
            rows={list.list?.edges.map(({ node }) => node) ?? []}
            keyOf={keyOf}
            pathOf={pathOf}
            isBusy={list.isAsking}
            isFaded={({ status }) => !isStill(status, filters.values)}
          />
        </LiveListFrame>
      </div>
    </>
  );
};

const OrdersPage = () => {
  const texts = useTexts(TEXTS);
  if (useMay('orders:read')) return <Orders />;
  return <Forbidden texts={texts} />;
};

export default OrdersPage;
