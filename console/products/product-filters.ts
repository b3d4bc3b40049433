import type { FilterValues } from '../../ui/filters/use-filters.ts';
import type { ProductFilter } from '../../ui/generated/operations.ts';

/** As they are called in the page's address. */
export const PRODUCT_FILTERS = ['name', 'stock'] as const;
export type ProductFilterName = (typeof PRODUCT_FILTERS)[number];

/** What the API is asked. */
export const productFilterOf = ({ name, stock }: FilterValues<ProductFilterName>): ProductFilter => ({
  ...(name !== '' && { name }),
  ...(stock !== '' && { available: stock === 'available' }),
});

/** By the natural order of ids: prod_2 before prod_10. */
export const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id.localeCompare(other.id, 'en', { numeric: true });
