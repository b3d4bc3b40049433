import type { CombinedError } from '@urql/core';
import { useConnection } from '../client/use-connection.ts';
import { type Catalogue, useTexts } from '../language/language.tsx';
import styles from './stale-notice.module.css';

const TEXTS: Catalogue<{ readonly stale: (why: string) => string }> = {
  en: { stale: (why) => `What you see may be old: it could not be asked for again (${why}). Trying again by itself.` },
  fr: {
    stale: (why) => `L’affichage peut être ancien : impossible de le redemander (${why}). Nouvel essai automatique.`,
  },
};

interface StaleNoticeProps {
  /** Why it could not be asked last. */
  readonly error: CombinedError | undefined;
}

/** Says so where what is shown was asked for again in vain; nothing otherwise, nor where ConnectionBanner says it already. */
export const StaleNotice = ({ error }: StaleNoticeProps) => {
  const texts = useTexts(TEXTS);
  const isSaid = useConnection().kind === 'Waiting' && error?.networkError !== undefined;
  return (
    <output>
      {error !== undefined && !isSaid && (
        <span className={styles['stale']}>
          {texts.stale(error.graphQLErrors[0]?.message ?? error.networkError?.message ?? error.message)}
        </span>
      )}
    </output>
  );
};
