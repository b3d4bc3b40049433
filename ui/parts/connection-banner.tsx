import { useConnection } from '../client/use-connection.ts';
import { type Catalogue, useTexts } from '../language/language.tsx';
import { useNowMs } from '../time/clock.ts';
import styles from './connection-banner.module.css';

const TEXTS: Catalogue<{ readonly away: (seconds: number) => string }> = {
  en: {
    away: (seconds) =>
      `No connection to panier: what you see may be old. Trying again in ${seconds} s; nothing will be missed.`,
  },
  fr: {
    away: (seconds) =>
      `Pas de connexion à panier : l’affichage peut être ancien. Nouvel essai dans ${seconds} s ; rien ne sera manqué.`,
  },
};

/** Says so when the page does not hear of changes. */
export const ConnectionBanner = () => {
  const state = useConnection();
  const nowMs = useNowMs();
  const texts = useTexts(TEXTS);
  return (
    <output>
      {state.kind === 'Waiting' && (
        <span className={styles['away']}>{texts.away(Math.max(0, Math.ceil((state.untilMs - nowMs) / 1_000)))}</span>
      )}
    </output>
  );
};
