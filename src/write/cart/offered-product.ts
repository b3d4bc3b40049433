import type { ProductId } from '../../events/index.ts';
import { productAggregate } from '../catalogue/product.ts';
import type { Execute } from '../execution/run-command.ts';
import type { OfferedProduct } from './change-items.ts';

/** A price may be this old in the view of another gateway. */
const PRODUCT_FRESHNESS = { maxAgeMs: 1_000 };

/** What the product is sold for now; null for one that is not in the catalogue. */
export const offeredProduct = async (
  { aggregates }: Pick<Execute, 'aggregates'>,
  id: ProductId,
): Promise<OfferedProduct | null> => {
  const { state } = await aggregates.load(productAggregate, id, PRODUCT_FRESHNESS);
  return state === null ? null : { id, price: state.price, currency: state.currency };
};
