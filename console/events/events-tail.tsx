import { useRef, useState } from 'react';
import type { EventRowFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { EmptyList } from '../../ui/live-list/empty-list.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { ErrorNotice } from '../../ui/parts/notice.tsx';
import { Table } from '../../ui/parts/table.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { useEventColumns } from './event-columns.tsx';
import styles from './events.module.css';
import { TEXTS } from './texts.ts';
import type { LiveTail } from './use-tail.ts';

/** Rows are drawn as far as somebody wants to see them: a thousand, drawn anew with each event, are slow. */
const FIRST_DRAWN = 200;

interface Drawn {
  /** Of which filter. */
  readonly key: string;
  readonly rows: number;
}

const keyOf = ({ eventId }: EventRowFragment): string => eventId;

interface EventsTailProps {
  readonly tail: LiveTail;
  readonly isFiltered: boolean;
  readonly openId: string;
  readonly pathOf: (id: string) => string;
}

/** The rows of the tail, and what waits above and below them. */
export const EventsTail = ({ tail, isFiltered, openId, pathOf }: EventsTailProps) => {
  const texts = useTexts(TEXTS);
  const title = useTexts(PAGE_TITLES).events;
  const columns = useEventColumns();
  const top = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn>({ key: tail.key, rows: FIRST_DRAWN });
  const rows = drawn.key === tail.key ? drawn.rows : FIRST_DRAWN;
  const hasRows = tail.edges.length > 0;
  const isAllDrawn = rows >= tail.edges.length;
  const older = (): void => {
    setDrawn({ key: tail.key, rows: rows + FIRST_DRAWN });
    if (isAllDrawn) tail.older();
  };
  const show = (): void => {
    tail.release();
    top.current?.scrollIntoView({ block: 'end' });
  };
  return (
    <div ref={top} className={styles['tail']}>
      <output className={styles['new']}>
        {tail.heldCount > 0 && !tail.isAsking && (
          <Button look="primary" onClick={show}>
            {texts.came(tail.heldCount)}
          </Button>
        )}
      </output>
      {tail.error !== null && (
        <ErrorNotice title={texts.failed} action={<Button onClick={tail.again}>{texts.again}</Button>}>
          <p>{tail.error.graphQLErrors[0]?.message ?? tail.error.networkError?.message}</p>
        </ErrorNotice>
      )}
      {!hasRows && tail.isAsking && <Loading />}
      {!hasRows && !tail.isAsking && tail.error === null && <EmptyList texts={texts} isFiltered={isFiltered} />}
      {hasRows && (
        <Table
          label={title}
          columns={columns}
          rows={tail.edges.slice(0, rows).map(({ node }) => node)}
          keyOf={keyOf}
          pathOf={({ eventId }) => pathOf(eventId)}
          openKey={openId}
          isBusy={tail.isAsking}
        />
      )}
      {hasRows && (tail.hasOlder || !isAllDrawn) && (
        <Button className={styles['older'] ?? ''} disabled={tail.isAskingOlder} onClick={older}>
          {texts.older}
        </Button>
      )}
      {hasRows && !tail.hasOlder && isAllDrawn && !isFiltered && <p className={styles['end']}>{texts.beginning}</p>}
    </div>
  );
};
