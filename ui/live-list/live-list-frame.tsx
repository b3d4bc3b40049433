import { type ReactNode, useRef } from 'react';
import { type Catalogue, useTexts } from '../language/language.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorNotice } from '../parts/notice.tsx';
import styles from './live-list-frame.module.css';
import type { LiveList } from './use-live-list.ts';

interface Texts {
  readonly waiting: (count: number) => string;
  readonly more: string;
  readonly loading: string;
  readonly failed: string;
  readonly again: string;
}

const TEXTS: Catalogue<Texts> = {
  en: {
    waiting: (count) => `${count} new`,
    more: 'Load more',
    loading: 'Loading',
    failed: 'The list could not be read.',
    again: 'Try again',
  },
  fr: {
    waiting: (count) => (count === 1 ? '1 nouvelle entrée' : `${count} nouvelles entrées`),
    more: 'Afficher la suite',
    loading: 'Chargement',
    failed: 'La liste n’a pas pu être lue.',
    again: 'Réessayer',
  },
};

interface LiveListFrameProps<Row> {
  readonly list: LiveList<Row>;
  /** Where there are no rows: why, and what to do. */
  readonly empty: ReactNode;
  /** The rows. */
  readonly children: ReactNode;
}

const messageOf = <Row,>({ error }: LiveList<Row>): string | undefined =>
  error?.graphQLErrors[0]?.message ?? error?.networkError?.message;

/** What stands around the rows of a live list: what is new, what goes on, and what went wrong. */
export const LiveListFrame = <Row,>({ list, empty, children }: LiveListFrameProps<Row>) => {
  const texts = useTexts(TEXTS);
  const top = useRef<HTMLDivElement>(null);
  const rows = list.list?.edges.length ?? 0;
  const show = (): void => {
    list.show();
    top.current?.scrollIntoView({ block: 'end' });
  };
  return (
    <div ref={top} className={styles['frame']}>
      <output className={styles['new']}>
        {list.waiting > 0 && (
          <Button look="primary" onClick={show}>
            {texts.waiting(list.waiting)}
          </Button>
        )}
      </output>
      {list.error !== null && (
        <ErrorNotice title={texts.failed} action={<Button onClick={list.again}>{texts.again}</Button>}>
          <p>{messageOf(list)}</p>
        </ErrorNotice>
      )}
      {list.list === null && list.isAsking && <output className={styles['loading']} aria-label={texts.loading} />}
      {list.list !== null && (rows > 0 ? children : empty)}
      {rows > 0 && list.list?.hasMore === true && (
        <Button className={styles['more'] ?? ''} disabled={list.isAskingMore} onClick={list.more}>
          {texts.more}
        </Button>
      )}
    </div>
  );
};
