import { useMemo } from 'react';
import type { OrderRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import type { Column } from '../../ui/parts/table.tsx';
import { When } from '../../ui/time/when.tsx';
import styles from './orders.module.css';
import { REASON_TEXTS, TEXTS } from './texts.ts';

/** So many of an order's products are named. */
const NAMED = 2;

const Lines = ({ lines }: Pick<OrderRowFragment, 'lines'>) => {
  const texts = useTexts(TEXTS);
  const named = lines
    .slice(0, NAMED)
    .map(({ quantity, product, productId }) => `${quantity} × ${product?.name ?? productId}`);
  const more = lines.length - named.length;
  return (
    <>
      {named.join(', ')}
      {more > 0 && <span className={styles['muted']}> {texts.others(more)}</span>}
    </>
  );
};

const Status = ({ status, failure }: Pick<OrderRowFragment, 'status' | 'failure'>) => {
  const reasons = useTexts(REASON_TEXTS);
  return (
    <>
      <StatusBadge status={status} />
      {failure !== null && (
        <span className={styles['why']} title={failure.message}>
          {reasons[failure.reason]}
        </span>
      )}
    </>
  );
};

const Customer = ({ id }: { readonly id: string | null }) => {
  const texts = useTexts(TEXTS);
  return id === null ? <span className={styles['muted']}>{texts.visitor}</span> : id;
};

/** What the list shows of an order. */
export const useOrderColumns = (): readonly Column<OrderRowFragment>[] => {
  const texts = useTexts(TEXTS);
  return useMemo(
    () => [
      { key: 'order', title: texts.order, cell: ({ id }) => <code>{id}</code> },
      {
        key: 'status',
        title: texts.status,
        cell: ({ status, failure }) => <Status status={status} failure={failure} />,
      },
      { key: 'customer', title: texts.customer, cell: ({ customerId }) => <Customer id={customerId} /> },
      { key: 'lines', title: texts.lines, cell: ({ lines }) => <Lines lines={lines} /> },
      { key: 'total', title: texts.total, align: 'end', cell: ({ totalAmount }) => <Amount money={totalAmount} /> },
      { key: 'created', title: texts.created, align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
    ],
    [texts],
  );
};
