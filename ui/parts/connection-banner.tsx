import { failureOf } from '../client/outcome.ts';
import { useConnection, useLost } from '../client/use-connection.ts';
import { type Catalogue, useTexts } from '../language/language.tsx';
import { useNowMs } from '../time/clock.ts';
import { Button } from './button.tsx';
import styles from './connection-banner.module.css';

interface Texts {
  readonly away: (seconds: number) => string;
  readonly lost: string;
  readonly again: string;
}

const TEXTS: Catalogue<Texts> = {
  en: {
    away: (seconds) =>
      `No connection to panier: what you see may be old. Trying again in ${seconds} s; nothing will be missed.`,
    lost: 'This page is told of changes no more. Load it again to see what is now.',
    again: 'Load the page again',
  },
  fr: {
    away: (seconds) =>
      `Pas de connexion à panier : l’affichage peut être ancien. Nouvel essai dans ${seconds} s ; rien ne sera manqué.`,
    lost: 'Cette page n’est plus informée des changements. Rechargez-la pour voir l’état actuel.',
    again: 'Recharger la page',
  },
};

/** Says so when the page does not hear of changes. */
export const ConnectionBanner = () => {
  const state = useConnection();
  const lost = useLost();
  const nowMs = useNowMs();
  const texts = useTexts(TEXTS);
  return (
    <output>
      {state.kind === 'Waiting' && (
        <span className={styles['away']}>{texts.away(Math.max(0, Math.ceil((state.untilMs - nowMs) / 1_000)))}</span>
      )}
      {lost !== null && (
        <span className={styles['away']}>
          {texts.lost} <span lang="en">{failureOf(lost).message}</span>{' '}
          <Button onClick={() => location.reload()}>{texts.again}</Button>
        </span>
      )}
    </output>
  );
};
