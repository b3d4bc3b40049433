import { useState } from 'react';
import { Link } from 'wouter';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { ShopOrders } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import { When } from '../../ui/time/when.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useTitle } from '../parts/use-title.ts';
import styles from './orders.module.css';
import { ORDERS_TEXTS } from './texts.ts';

// No subscription tells of all of a visitor's orders.
const ASKED_AGAIN_MS = 3_000;

const Orders = ({ after }: { readonly after: string | null }) => {
  const texts = useTexts(ORDERS_TEXTS);
  const [hasMore, setMore] = useState(false);
  const { data, error, askSoon } = useRepeated({ document: ShopOrders, variables: { after }, everyMs: ASKED_AGAIN_MS });
  if (data === undefined && error !== undefined)
    return (
      <ErrorNotice title={texts.unreachable} action={<Button onClick={askSoon}>{texts.again}</Button>}>
        <p>{error.message}</p>
      </ErrorNotice>
    );
  if (data === undefined) return <Loading />;
  const { edges, pageInfo } = data.orders;
  if (edges.length === 0)
    return (
      <EmptyState title={texts.none} action={<Link href="/">{texts.toProducts}</Link>}>
        <p>{texts.noneHint}</p>
      </EmptyState>
    );
  return (
    <>
      <ul className={styles['orders']}>
        {edges.map(({ node: { id, status, createdAt, totalAmount, lines } }) => {
          const what = lines.map(({ quantity, product, productId }) => `${quantity} × ${product?.name ?? productId}`);
          return (
            <li key={id}>
              <Link href={`/orders/${id}`}>
                <strong>{what.join(', ')}</strong>
                <span>
                  <StatusBadge status={status} />
                </span>
                <span className={styles['when']}>
                  <When at={createdAt} />
                </span>
                <Amount money={totalAmount} />
              </Link>
            </li>
          );
        })}
      </ul>
      {hasMore && <Orders after={pageInfo.endCursor} />}
      {pageInfo.hasNextPage && !hasMore && <Button onClick={() => setMore(true)}>{texts.more}</Button>}
    </>
  );
};

const OrdersPage = () => {
  const texts = useTexts(ORDERS_TEXTS);
  useTitle(texts.title);
  return (
    <>
      <PageTitle>{texts.title}</PageTitle>
      <Orders after={null} />
    </>
  );
};

export default OrdersPage;
