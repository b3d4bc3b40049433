import { useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import type { FilterValues } from '../../ui/filters/use-filters.ts';
import { CartList, type CartRowFragment, CartRows } from '../../ui/generated/operations.ts';
import { type LiveList, useLiveList } from '../../ui/live-list/use-live-list.ts';
import { useChangeFeed } from '../feed/use-change-feed.ts';
import { askedCartsOf, type CartFilterName } from './cart-filters.ts';

type Row = CartRowFragment;

const NEWEST_FIRST = (one: Row, other: Row): number =>
  other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id);

/** The carts that fit, the newest first, as they are. */
export const useCartList = (values: FilterValues<CartFilterName>, isHeld: boolean): LiveList<Row> => {
  const client = useClient();
  const asked = askedCartsOf(values);
  const feed = useChangeFeed({
    onEvent: ({ aggregateId }) => {
      if (aggregateId.startsWith('cart_')) list.touch(aggregateId);
    },
    onTick: () => list.touchAll(),
  });
  const list = useLiveList<Row>(
    {
      key: feed.isReady ? JSON.stringify(asked) : null,
      compare: NEWEST_FIRST,
      page: async (window) => {
        const { carts } = answerOf(await client.query(CartList, { ...asked, ...window }));
        return { edges: carts.edges, hasMore: carts.pageInfo.hasNextPage };
      },
      rows: async (ids) => {
        const { nodes } = answerOf(await client.query(CartRows, { ids }));
        return nodes.filter((node) => node?.__typename === 'Cart');
      },
    },
    isHeld,
  );
  return list;
};
