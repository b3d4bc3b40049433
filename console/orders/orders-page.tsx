import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import { useLive } from '../../ui/client/use-live.ts';
import { OrderChanges, OrderList, type OrderRowFragment, OrderRows } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import { When } from '../../ui/time/when.tsx';
import { PAGE_TITLES } from '../page-titles.ts';

const PAGE_SIZE = 25;

const OrdersPage = () => {
  const client = useClient();
  const [changed, setChanged] = useState<ReadonlyMap<string, OrderRowFragment>>(new Map());
  const [{ data }] = useQuery({ query: OrderList, variables: { first: PAGE_SIZE } });
  const refresh = async (id: string): Promise<void> => {
    const { data: found } = await client.query(OrderRows, { ids: [id] });
    for (const row of found?.nodes ?? [])
      if (row?.__typename === 'Order') setChanged((before) => new Map([...before, [row.id, row]]));
  };
  useLive({
    document: OrderChanges,
    variables: { after: null },
    onUpdate: ({ events: { node } }) => {
      if (node.correlationId.startsWith('order_')) refresh(node.correlationId).catch(() => undefined);
    },
  });
  const listed = data?.orders.edges.map(({ node }) => node) ?? [];
  const known = new Set(listed.map(({ id }) => id));
  const added = [...changed.values()].filter(({ id }) => !known.has(id)).toReversed();
  const rows = [...added, ...listed.map((row) => changed.get(row.id) ?? row)];
  return (
    <>
      <h1>{useTexts(PAGE_TITLES).orders}</h1>
      <table>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Link href={`/orders/${row.id}`}>{row.id}</Link>
              </td>
              <td>
                <StatusBadge status={row.status} />
              </td>
              <td>
                <Amount money={row.totalAmount} />
              </td>
              <td>
                <When at={row.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};

export default OrdersPage;
