import { useMemo } from 'react';
import type { OrderRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import type { Column } from '../../ui/parts/table.tsx';
import { When } from '../../ui/time/when.tsx';
import { LineNames } from '../line-names.tsx';
import { OwnerName } from '../owner-name.tsx';
import styles from './orders.module.css';
import { REASON_TEXTS, TEXTS } from './texts.ts';

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
      { key: 'customer', title: texts.customer, cell: ({ customerId }) => <OwnerName customerId={customerId} /> },
      { key: 'lines', title: texts.lines, isFilling: true, cell: ({ lines }) => <LineNames lines={lines} /> },
      { key: 'total', title: texts.total, align: 'end', cell: ({ totalAmount }) => <Amount money={totalAmount} /> },
      { key: 'created', title: texts.created, align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
    ],
    [texts],
  );
};
