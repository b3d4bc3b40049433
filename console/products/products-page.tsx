import { useRef, useState } from 'react';
import { FilterBar } from '../../ui/filters/filter-bar.tsx';
import { FilterSelect } from '../../ui/filters/filter-fields.tsx';
import { FilterText } from '../../ui/filters/filter-text.tsx';
import { type Filters, useFilters } from '../../ui/filters/use-filters.ts';
import { useOpened } from '../../ui/filters/use-opened.ts';
import type { ProductRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { EmptyList } from '../../ui/live-list/empty-list.tsx';
import { LiveListFrame } from '../../ui/live-list/live-list-frame.tsx';
import { useHeld } from '../../ui/live-list/use-held.ts';
import { Button } from '../../ui/parts/button.tsx';
import { Table } from '../../ui/parts/table.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { useMay } from '../sign-in/viewer-context.ts';
import { useProductColumns } from './product-columns.tsx';
import { PRODUCT_FILTERS, type ProductFilterName } from './product-filters.ts';
import { ProductPanel } from './product-panel.tsx';
import styles from './products.module.css';
import { StockWatch } from './stock-watch.tsx';
import { TEXTS } from './texts.ts';
import { UpsertDialog } from './upsert-dialog.tsx';
import { useProductList } from './use-product-list.ts';

const keyOf = ({ id }: ProductRowFragment): string => id;

const ProductsFilters = ({ filters }: { readonly filters: Filters<ProductFilterName> }) => {
  const texts = useTexts(TEXTS);
  const { values, set } = filters;
  const choices = [
    { value: 'available', name: texts.inStock },
    { value: 'none', name: texts.outOfStock },
  ];
  return (
    <FilterBar filters={filters}>
      <FilterText label={texts.name} value={values.name} onChange={(name, options) => set({ name }, options)} />
      <FilterSelect
        label={texts.stock}
        all={texts.anyStock}
        choices={choices}
        value={values.stock}
        onChange={(stock) => set({ stock })}
      />
    </FilterBar>
  );
};

const ProductsHead = () => {
  const title = useTexts(PAGE_TITLES).products;
  const texts = useTexts(TEXTS);
  const mayCreate = useMay('catalogue:write');
  const [isCreating, setIsCreating] = useState(false);
  return (
    <div className={styles['head']}>
      <h1>{title}</h1>
      {mayCreate && (
        <Button look="primary" onClick={() => setIsCreating(true)}>
          {texts.create}
        </Button>
      )}
      {isCreating && <UpsertDialog product={null} onClose={() => setIsCreating(false)} />}
    </div>
  );
};

const ProductsPage = () => {
  const title = useTexts(PAGE_TITLES).products;
  const texts = useTexts(TEXTS);
  const columns = useProductColumns();
  const filters = useFilters(PRODUCT_FILTERS);
  const opened = useOpened('/products', 'product');
  const rows = useRef<HTMLDivElement>(null);
  const isHeld = useHeld(rows);
  const list = useProductList(filters.values, isHeld);
  const products = list.list?.edges.map(({ node }) => node) ?? [];
  return (
    <>
      <ProductsHead />
      <ProductsFilters filters={filters} />
      <StockWatch ids={products.map(keyOf)} onProduct={(product) => list.put([product])} />
      <div className={`${styles['beside']} ${opened.id === '' ? '' : styles['isOpen']}`}>
        <div ref={rows}>
          <LiveListFrame list={list} empty={<EmptyList texts={texts} isFiltered={filters.areSet} />}>
            <Table
              label={title}
              columns={columns}
              rows={products}
              keyOf={keyOf}
              pathOf={({ id }) => opened.pathOf(id)}
              openKey={opened.id}
              isBusy={list.isAsking}
            />
          </LiveListFrame>
        </div>
        {opened.id !== '' && (
          <div className={styles['aside']}>
            <ProductPanel
              key={opened.id}
              id={opened.id}
              listed={products.find(({ id }) => id === opened.id) ?? null}
              closedPath={opened.pathOf('')}
            />
          </div>
        )}
      </div>
    </>
  );
};

export default ProductsPage;
