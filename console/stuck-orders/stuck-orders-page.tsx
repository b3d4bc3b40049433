import { useId, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { StaleNotice } from '../../ui/parts/stale-notice.tsx';
import type { Letter } from '../dead-letters/letter.ts';
import { useDecide } from '../dead-letters/use-decide.ts';
import { PAGE_TITLES } from '../page-titles.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { Repaired } from './repaired.tsx';
import { StuckOrderItem } from './stuck-order-item.tsx';
import styles from './stuck-orders.module.css';
import { TEXTS } from './texts.ts';
import { readThreshold, THRESHOLDS, thresholdIn } from './threshold.ts';
import { useStuckOrders } from './use-stuck-orders.ts';

const Threshold = ({ seconds }: { readonly seconds: number }) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  const [, setParams] = useSearchParams();
  const id = useId();
  const choices = [...new Set([...THRESHOLDS, seconds])].toSorted((one, other) => one - other);
  return (
    <p className={styles['threshold']}>
      <label htmlFor={id}>{texts.older}</label>
      <select id={id} value={seconds} onChange={({ target }) => setParams({ older: target.value })}>
        {choices.map((each) => (
          <option key={each} value={each}>
            {thresholdIn(each, locale)}
          </option>
        ))}
      </select>
    </p>
  );
};

/** Asks for something about an order, and remembers which were asked about. */
const useRepairs = (onDone: () => void) => {
  const decide = useDecide();
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [touched, setTouched] = useState<readonly string[]>([]);
  const touch = (orderId: string): void => {
    setTouched((before) => [...before.filter((each) => each !== orderId), orderId]);
    onDone();
  };
  const retry = async (orderId: string, letter: Letter): Promise<void> => {
    setBusy(orderId);
    setRefused((before) => new Map([...before].filter(([each]) => each !== orderId)));
    const outcome = await decide(letter.id, { kind: 'Retry' });
    setBusy(null);
    if (outcome.kind === 'Refused') setRefused((before) => new Map([...before, [orderId, outcome.message]]));
    else touch(orderId);
  };
  return { busy, refused, touched, touch, retry };
};

const StuckOrders = ({ olderThanSeconds }: { readonly olderThanSeconds: number }) => {
  const texts = useTexts(TEXTS);
  const { orders, letters, readers } = useStuckOrders(olderThanSeconds);
  const { busy, refused, touched, touch, retry } = useRepairs(orders.askSoon);
  const [cancelling, setCancelling] = useState<string | null>(null);
  const { data, error } = orders;
  if (data === undefined && error !== undefined)
    return (
      <ErrorNotice title={texts.failed}>
        <p>{error.message}</p>
      </ErrorNotice>
    );
  if (data === undefined) return <Loading />;
  const stuck = data.stuckOrders.edges.map(({ node }) => node);
  return (
    <>
      <StaleNotice error={error} />
      {stuck.length === 0 && <EmptyState title={texts.empty}>{texts.emptyWhat}</EmptyState>}
      <ul className={styles['orders']} aria-label={texts.list}>
        {stuck.map((order) => (
          <StuckOrderItem
            key={order.id}
            order={order}
            letter={letters.get(order.id) ?? null}
            readers={readers}
            isBusy={busy === order.id}
            refusal={refused.get(order.id) ?? null}
            onRetry={(letter) => void retry(order.id, letter)}
            onCancel={() => setCancelling(order.id)}
          />
        ))}
      </ul>
      {data.stuckOrders.pageInfo.hasNextPage && <p className={styles['more']}>{texts.more}</p>}
      <Repaired ids={touched} stuck={new Set(stuck.map(({ id }) => id))} />
      {cancelling !== null && (
        <CancelDialog orderId={cancelling} onDone={() => touch(cancelling)} onClose={() => setCancelling(null)} />
      )}
    </>
  );
};

const StuckOrdersPage = () => {
  const texts = useTexts(TEXTS);
  const [params] = useSearchParams();
  const olderThanSeconds = readThreshold(params.get('older'));
  return (
    <div className={styles['page']}>
      <h1>{useTexts(PAGE_TITLES)['stuck-orders']}</h1>
      <p>{texts.about}</p>
      <Threshold seconds={olderThanSeconds} />
      <StuckOrders key={olderThanSeconds} olderThanSeconds={olderThanSeconds} />
    </div>
  );
};

export default StuckOrdersPage;
