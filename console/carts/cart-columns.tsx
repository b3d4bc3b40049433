import { useMemo } from 'react';
import type { CartRowFragment, CartStatus } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import type { Column } from '../../ui/parts/table.tsx';
import { When } from '../../ui/time/when.tsx';
import { CART_STATUS_TEXTS } from '../cart/texts.ts';
import { LineNames } from '../line-names.tsx';
import { OwnerName } from '../owner-name.tsx';
import styles from './carts.module.css';
import { TEXTS } from './texts.ts';

const Status = ({ status }: { readonly status: CartStatus }) => (
  <span className={`${styles['status']} ${styles[status] ?? ''}`}>{useTexts(CART_STATUS_TEXTS)[status]}</span>
);

const Content = ({ items }: Pick<CartRowFragment, 'items'>) => {
  const texts = useTexts(TEXTS);
  return items.length === 0 ? <span className={styles['muted']}>{texts.empty}</span> : <LineNames lines={items} />;
};

/** What the list shows of a cart. */
export const useCartColumns = (): readonly Column<CartRowFragment>[] => {
  const texts = useTexts(TEXTS);
  return useMemo(
    () => [
      { key: 'cart', title: texts.cart, cell: ({ id }) => <code>{id}</code> },
      { key: 'status', title: texts.status, cell: ({ status }) => <Status status={status} /> },
      { key: 'customer', title: texts.customer, cell: ({ customerId }) => <OwnerName customerId={customerId} /> },
      { key: 'items', title: texts.items, isFilling: true, cell: ({ items }) => <Content items={items} /> },
      {
        key: 'order',
        title: texts.order,
        isMinor: true,
        cell: ({ order }) => order && <StatusBadge status={order.status} />,
      },
      { key: 'total', title: texts.total, align: 'end', cell: ({ totalAmount }) => <Amount money={totalAmount} /> },
      {
        key: 'created',
        title: texts.created,
        align: 'end',
        isMinor: true,
        cell: ({ createdAt }) => <When at={createdAt} />,
      },
      { key: 'changed', title: texts.changed, align: 'end', cell: ({ updatedAt }) => <When at={updatedAt} /> },
    ],
    [texts],
  );
};
