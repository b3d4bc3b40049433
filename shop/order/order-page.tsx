import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ShopOrderById } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useTitle } from '../parts/use-title.ts';
import { FollowedOrder } from './followed-order.tsx';
import { ORDER_TEXTS } from './texts.ts';

const OrderPage = ({ id }: { readonly id: string }) => {
  const texts = useTexts(ORDER_TEXTS);
  const [{ data, error }, ask] = useQuery({ query: ShopOrderById, variables: { id } });
  const [attempt, setAttempt] = useState(0);
  const again = (): void => {
    // Also an order that stands where it stood is to be followed again.
    setAttempt(attempt + 1);
    ask();
  };
  useTitle(texts.page);
  if (error !== undefined && data?.order == null)
    return (
      <>
        <PageTitle>{texts.page}</PageTitle>
        <ErrorNotice title={texts.unreachable} action={<Button onClick={() => ask()}>{texts.again}</Button>}>
          <p>{error.message}</p>
        </ErrorNotice>
      </>
    );
  if (data === undefined) return <Loading />;
  if (data.order === null)
    return (
      <>
        <PageTitle>{texts.page}</PageTitle>
        <EmptyState title={texts.noSuchOrder} action={<Link href="/">{texts.toProducts}</Link>}>
          <p>{texts.noSuchOrderHint}</p>
        </EmptyState>
      </>
    );
  return <FollowedOrder key={`${attempt} ${data.order.revision}`} loaded={data.order} onAgain={again} />;
};

export default OrderPage;
