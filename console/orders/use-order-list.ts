import { useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import type { FilterValues } from '../../ui/filters/use-filters.ts';
import { OrderList, type OrderRowFragment, OrderRows } from '../../ui/generated/operations.ts';
import { type LiveList, useLiveList } from '../../ui/live-list/use-live-list.ts';
import { useChangeFeed } from '../feed/use-change-feed.ts';
import { askedOf, type OrderFilterName } from './order-filters.ts';

type Row = OrderRowFragment;

const NEWEST_FIRST = (one: Row, other: Row): number =>
  other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id);

/** The orders that fit, newest first, as they are. */
export const useOrderList = (values: FilterValues<OrderFilterName>, isHeld: boolean): LiveList<Row> => {
  const client = useClient();
  const asked = askedOf(values);
  const feed = useChangeFeed({
    onEvent: ({ correlationId }) => {
      if (correlationId.startsWith('order_')) list.touch(correlationId);
    },
    onTick: () => list.touchAll(),
  });
  const list = useLiveList<Row>(
    {
      key: feed.isReady ? JSON.stringify(asked) : null,
      compare: NEWEST_FIRST,
      page: async (window) => {
        const { orders } = answerOf(await client.query(OrderList, { ...asked, ...window }));
        return { edges: orders.edges, hasMore: orders.pageInfo.hasNextPage };
      },
      rows: async (ids) => {
        const { nodes } = answerOf(await client.query(OrderRows, { ids }));
        return nodes.filter((node) => node?.__typename === 'Order');
      },
    },
    isHeld,
  );
  return list;
};
