import { useMemo } from 'react';
import type { EventRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import type { Column } from '../../ui/parts/table.tsx';
import { ExactTime } from '../../ui/time/exact-time.tsx';
import styles from './events.module.css';
import { TEXTS } from './texts.ts';

/** What the tail shows of an event. */
export const useEventColumns = (): readonly Column<EventRowFragment>[] => {
  const texts = useTexts(TEXTS);
  return useMemo(
    () => [
      { key: 'type', title: texts.type, cell: ({ type }) => type },
      { key: 'of', title: texts.of, cell: ({ aggregateId }) => <code>{aggregateId}</code> },
      {
        key: 'by',
        title: texts.by,
        isMinor: true,
        cell: ({ producerInstance }) => <span className={styles['muted']}>{producerInstance}</span>,
      },
      { key: 'at', title: texts.at, align: 'end', cell: ({ occurredAt }) => <ExactTime at={occurredAt} /> },
    ],
    [texts],
  );
};
