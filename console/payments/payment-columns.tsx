import type { PaymentStatus } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Badge, type BadgeLook } from '../../ui/parts/badge.tsx';
import type { Column } from '../../ui/parts/table.tsx';
import { When } from '../../ui/time/when.tsx';
import styles from './payments.module.css';
import { otherTotal, type ShownPayment } from './states.ts';
import { TEXTS, type Texts } from './texts.ts';

const LOOKS: Readonly<Record<PaymentStatus, BadgeLook>> = {
  REQUESTED: 'busy',
  PENDING: 'busy',
  ACTION_REQUIRED: 'warn',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  REFUNDED: 'warn',
};

const State = ({ payment: { order, disputes } }: { readonly payment: ShownPayment }) => {
  const texts = useTexts(TEXTS);
  const status = order?.payment?.status;
  return (
    <span className={styles['states']}>
      {status !== undefined && <Badge look={LOOKS[status]}>{texts.states[status]}</Badge>}
      {disputes.length > 0 && <Badge look="bad">{texts.states.DISPUTED}</Badge>}
    </span>
  );
};

const End = ({ payment }: { readonly payment: ShownPayment }) => {
  const { lastType, reason, paymentId, saidBy, disputes } = payment;
  const texts = useTexts(TEXTS);
  return (
    <span className={styles['end']}>
      <span>
        {lastType}
        {reason !== null && <span lang="en">: {reason}</span>}
      </span>
      {disputes.map(({ id, status, reason: why }) => (
        <small key={id}>{texts.dispute(status, why)}</small>
      ))}
      <small>
        {saidBy !== null && `${texts.saidBy} ${saidBy}`}
        {paymentId !== null && ' · '}
        {paymentId !== null && <code>{paymentId}</code>}
      </small>
    </span>
  );
};

const Said = ({ payment }: { readonly payment: ShownPayment }) => {
  const texts = useTexts(TEXTS);
  const total = otherTotal(payment);
  const { money, method, attempt } = payment;
  const nth = attempt !== null && attempt > 1 ? texts.attempt(attempt) : null;
  return (
    <span className={styles['end']}>
      {money !== null && <Amount money={money} />}
      <small>{[method, nth].filter((each) => each !== null).join(', ')}</small>
      {total !== null && (
        <small className={styles['other']}>
          {texts.total} <Amount money={total} />
        </small>
      )}
    </span>
  );
};

/** What is shown of each payment. */
export const columnsOf = (texts: Texts): readonly Column<ShownPayment>[] => [
  { key: 'order', title: texts.order, cell: ({ orderId }) => <code>{orderId}</code> },
  { key: 'state', title: texts.state, cell: (payment) => <State payment={payment} /> },
  { key: 'amount', title: texts.amount, align: 'end', cell: (payment) => <Said payment={payment} /> },
  { key: 'end', title: texts.end, cell: (payment) => <End payment={payment} /> },
  { key: 'when', title: texts.when, cell: ({ lastAt }) => <When at={lastAt} /> },
];
