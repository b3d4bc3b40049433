import { useMemo } from 'react';
import type { ProductRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { LiveNumber } from '../../ui/parts/live-number.tsx';
import type { Column } from '../../ui/parts/table.tsx';
import styles from './products.module.css';
import { TEXTS } from './texts.ts';

/** What the list shows of a product. */
export const useProductColumns = (): readonly Column<ProductRowFragment>[] => {
  const texts = useTexts(TEXTS);
  return useMemo(
    () => [
      { key: 'name', title: texts.product, cell: ({ name }) => name },
      { key: 'id', title: texts.id, isMinor: true, cell: ({ id }) => <code className={styles['muted']}>{id}</code> },
      { key: 'price', title: texts.price, align: 'end', cell: ({ price }) => <Amount money={price} /> },
      {
        key: 'available',
        title: texts.available,
        align: 'end',
        isNamed: true,
        cell: ({ available }) => (
          <span className={available === 0 ? styles['none'] : ''}>
            <LiveNumber value={available} />
          </span>
        ),
      },
      {
        key: 'reserved',
        title: texts.reserved,
        align: 'end',
        isNamed: true,
        cell: ({ reserved }) => <LiveNumber value={reserved} />,
      },
      { key: 'sold', title: texts.sold, align: 'end', isNamed: true, cell: ({ sold }) => <LiveNumber value={sold} /> },
    ],
    [texts],
  );
};
