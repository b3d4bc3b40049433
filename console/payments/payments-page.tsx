import { useEffect, useMemo } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { PaymentOpenOrders, PaymentOrders } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { Table } from '../../ui/parts/table.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { useMay } from '../sign-in/viewer-context.ts';
import { Contradictions } from './contradictions.tsx';
import { columnsOf } from './payment-columns.tsx';
import styles from './payments.module.css';
import { paymentsOf } from './payments.ts';
import { isIn, openWithout, type PaymentState, type ShownPayment, STATES, withOrders } from './states.ts';
import { TEXTS } from './texts.ts';
import { usePaymentEvents } from './use-payment-events.ts';

/** So many orders the API tells of at once. */
const MOST = 100;
const EVERY_MS = 2_000;
const OPEN_EVERY_MS = 5_000;

const keyOf = ({ orderId }: ShownPayment): string => orderId;
const pathOf = ({ orderId }: ShownPayment): string => `/orders/${orderId}`;

interface StateFilterProps {
  readonly payments: readonly ShownPayment[];
  readonly chosen: PaymentState | null;
}

const StateFilter = ({ payments, chosen }: StateFilterProps) => {
  const texts = useTexts(TEXTS);
  return (
    <nav className={styles['filter']} aria-label={texts.filter}>
      <Link href="/payments" aria-current={chosen === null ? 'true' : undefined}>
        {texts.all} <strong>{payments.length}</strong>
      </Link>
      {STATES.map((state) => (
        <Link key={state} href={`/payments?state=${state}`} aria-current={chosen === state ? 'true' : undefined}>
          {texts.states[state]} <strong>{payments.filter((payment) => isIn(payment, state)).length}</strong>
        </Link>
      ))}
    </nav>
  );
};

const Payments = () => {
  const texts = useTexts(TEXTS);
  const [params] = useSearchParams();
  const chosen = STATES.find((state) => state === params.get('state')) ?? null;
  const { kept, isBegun, error, isBusy, askEarlier } = usePaymentEvents();
  const told = useMemo(() => paymentsOf(kept.events), [kept.events]);
  const ids = told.slice(0, MOST).map(({ orderId }) => orderId);
  const orders = useRepeated({
    document: PaymentOrders,
    variables: ids.length === 0 ? null : { ids },
    everyMs: EVERY_MS,
    keepsOld: true,
  });
  const open = useRepeated({ document: PaymentOpenOrders, variables: { first: MOST }, everyMs: OPEN_EVERY_MS });
  const { askSoon } = orders;
  useEffect(() => {
    if (kept.events.length > 0) askSoon();
  }, [kept.events, askSoon]);
  const columns = useMemo(() => columnsOf(texts), [texts]);
  const failure = error !== undefined && (
    <ErrorNotice title={texts.failed}>
      <p>{error.message}</p>
    </ErrorNotice>
  );
  if (!isBegun) return failure || <Loading />;
  const payments = [
    ...withOrders(told, orders.data?.nodes ?? []),
    ...openWithout(told, open.data?.orders.edges.map(({ node }) => node) ?? []),
  ];
  const shown = chosen === null ? payments : payments.filter((payment) => isIn(payment, chosen));
  if (payments.length === 0) return <EmptyState title={texts.empty}>{texts.emptyWhat}</EmptyState>;
  return (
    <>
      {failure}
      <StateFilter payments={payments} chosen={chosen} />
      {shown.length === 0 ? (
        <EmptyState title={texts.noneSuch}>{texts.noneSuchWhat}</EmptyState>
      ) : (
        <Table label={texts.list} columns={columns} rows={shown} keyOf={keyOf} pathOf={pathOf} />
      )}
      {kept.before !== null && (
        <Button disabled={isBusy} onClick={() => void askEarlier()} className={styles['earlier'] ?? ''}>
          {texts.earlier}
        </Button>
      )}
    </>
  );
};

const PaymentsPage = () => {
  const texts = useTexts(TEXTS);
  const titles = useTexts(PAGE_TITLES);
  const mayEvents = useMay('events:read');
  const mayOrders = useMay('orders:read');
  const may = mayEvents && mayOrders;
  return (
    <div className={styles['page']}>
      <h1>{titles.payments}</h1>
      <p>{may ? texts.about : texts.mayNot}</p>
      {may && <Payments />}
      {may && <Contradictions />}
    </div>
  );
};

export default PaymentsPage;
