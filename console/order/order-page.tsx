import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { assertNever } from '../../ui/assert-never.ts';
import { OrderThen } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import { OrderActions } from './actions/order-actions.tsx';
import { OrderLetters } from './actions/order-letters.tsx';
import { OrderFollower, OrderWatcher } from './order-follower.tsx';
import { OrderFacts, OrderTitle } from './order-head.tsx';
import { OrderLines } from './order-lines.tsx';
import styles from './order-page.module.css';
import type { OrderHead, OrderNews, ShownOrder } from './order-state.ts';
import { SagaSection } from './saga/saga-section.tsx';
import { SAGA_TEXTS } from './saga/texts.ts';
import { ORDER_TEXTS } from './texts.ts';
import { useOrder } from './use-order.ts';
import { useRevision } from './use-revision.ts';
import { useSettled } from './use-settled.ts';

interface OrderPageProps {
  readonly id: string;
}

/** A slider that is drawn passes by hundreds of revisions. */
const SETTLED_MS = 100;

/** The order as it was; undefined while that is asked, null before its creation. */
const useHeadThen = (id: string, revision: number | null): OrderHead | null | undefined => {
  const settled = useSettled(revision, SETTLED_MS);
  const variables = { id, revision: settled ?? 1 };
  const [{ data, stale }] = useQuery({ query: OrderThen, variables, pause: settled === null });
  return revision !== settled || stale ? undefined : data?.order;
};

interface FollowingProps {
  readonly order: ShownOrder;
  readonly isOver: boolean;
  readonly tell: (news: OrderNews) => void;
  readonly onOver: (isOver: boolean) => void;
}

/** Follows the order from what is shown of it; begins when its last step is there, and again when one more came after all. */
const Following = ({ order: { head, steps }, isOver, tell, onOver }: FollowingProps) => {
  const [after, setAfter] = useState<string | null>(null);
  const mayWatch = useMay('events:read');
  const last = steps.at(-1);
  const onEnd = useCallback(() => onOver(true), [onOver]);
  const onEvent = useCallback(() => {
    setAfter(null);
    onOver(false);
  }, [onOver]);
  const cursor = after ?? last?.cursor ?? null;
  if (after === null && cursor !== null) setAfter(cursor);
  if (isOver) return mayWatch ? <OrderWatcher id={head.id} onEvent={onEvent} /> : null;
  if (cursor === null && steps.length > 0) return null;
  return (
    <OrderFollower
      id={head.id}
      after={cursor}
      onUpdates={(updates) => tell({ kind: 'Followed', updates })}
      onEnd={onEnd}
    />
  );
};

interface OrderShownProps {
  readonly order: ShownOrder;
  readonly tell: (news: OrderNews) => void;
  readonly want: (revision: number) => void;
}

const OrderShown = ({ order, tell, want }: OrderShownProps) => {
  const texts = useTexts(SAGA_TEXTS);
  const [isOver, setOver] = useState(false);
  const [revision, setRevision] = useRevision(order.steps.length);
  const [selected, select] = useState<number | null>(null);
  const then = useHeadThen(order.head.id, revision);
  const status = revision === null ? order.head.status : (order.steps[revision - 1]?.status ?? order.head.status);
  return (
    <div className={styles['page']}>
      <Following order={order} isOver={isOver} tell={tell} onOver={setOver} />
      <OrderTitle id={order.head.id} status={status} />
      {revision !== null && (
        <output className={styles['then']}>
          {then === null ? texts.notThen(revision) : texts.asThen(revision)}
          <Button onClick={() => setRevision(null)}>{texts.backToNow}</Button>
        </output>
      )}
      <OrderFacts head={revision === null ? order.head : (then ?? order.head)} />
      {revision === null && <OrderActions head={order.head} />}
      <OrderLetters orderId={order.head.id} />
      <SagaSection
        order={order}
        isOver={isOver}
        revision={revision}
        onRevision={setRevision}
        selected={selected}
        onSelect={select}
        onLook={want}
      />
      <OrderLines lines={order.lines} />
    </div>
  );
};

const OrderPage = ({ id }: OrderPageProps) => {
  const texts = useTexts(ORDER_TEXTS);
  const { state, tell, want, retry } = useOrder(id);
  switch (state.kind) {
    case 'Loading':
      return <Loading />;
    case 'Missing':
      return (
        <EmptyState
          level={1}
          title={texts.missing}
          action={
            <>
              <Button onClick={retry}>{texts.again}</Button>
              <Link href="/orders">{texts.all}</Link>
            </>
          }
        >
          <p>{texts.missingHint}</p>
        </EmptyState>
      );
    case 'Failed':
      return (
        <ErrorNotice level={1} title={texts.failed} action={<Button onClick={retry}>{texts.again}</Button>}>
          <p>{state.error.message}</p>
        </ErrorNotice>
      );
    case 'Shown':
      return <OrderShown order={state} tell={tell} want={want} />;
  }
  return assertNever(state);
};

export default OrderPage;
