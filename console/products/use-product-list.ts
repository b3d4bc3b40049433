import { useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import type { FilterValues } from '../../ui/filters/use-filters.ts';
import { ProductList, type ProductRowFragment, ProductRows } from '../../ui/generated/operations.ts';
import { type LiveList, useLiveList } from '../../ui/live-list/use-live-list.ts';
import { useChangeFeed } from '../feed/use-change-feed.ts';
import { byId, type ProductFilterName, productFilterOf } from './product-filters.ts';

/** New ones, and other names and prices; `stock` tells of the numbers. */
const NEWS = { types: ['ProductUpserted'] } as const;

/** The catalogue, as far as it fits. */
export const useProductList = (
  values: FilterValues<ProductFilterName>,
  isHeld: boolean,
): LiveList<ProductRowFragment> => {
  const client = useClient();
  const filter = productFilterOf(values);
  const feed = useChangeFeed({
    filter: NEWS,
    onEvent: ({ aggregateId }) => list.touch(aggregateId),
    onTick: () => list.touchAll(),
  });
  const list = useLiveList<ProductRowFragment>(
    {
      key: feed.isReady ? JSON.stringify(filter) : null,
      compare: byId,
      page: async (window) => {
        const { products } = answerOf(await client.query(ProductList, { filter, ...window }));
        return { edges: products.edges, hasMore: products.pageInfo.hasNextPage };
      },
      rows: async (ids) => {
        const { nodes } = answerOf(await client.query(ProductRows, { ids }));
        return nodes.filter((node) => node?.__typename === 'Product');
      },
    },
    isHeld,
  );
  return list;
};
