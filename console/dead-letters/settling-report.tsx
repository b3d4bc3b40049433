import { useEffect, useRef } from 'react';
import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Progress } from '../../ui/parts/progress.tsx';
import styles from './dead-letters.module.css';
import { isUnderWay, overIn, type Settling } from './settling.ts';

interface Texts {
  readonly label: Readonly<Record<Settling['decision']['kind'], string>>;
  readonly done: Readonly<Record<Settling['decision']['kind'], (count: number) => string>>;
  readonly refused: (count: number) => string;
  readonly unknown: (count: number) => string;
  readonly close: string;
}

const letters = (count: number): string => (count === 1 ? '1 dead letter' : `${count} dead letters`);
const lettres = (count: number): string => (count > 1 ? `${count} lettres mortes` : `${count} lettre morte`);

const TEXTS: Catalogue<Texts> = {
  en: {
    label: { Retry: 'Retrying', Discard: 'Discarding' },
    done: {
      Retry: (count) => `${letters(count)} put back on the stream. What fails again comes back as a new one.`,
      Discard: (count) => `${letters(count)} discarded.`,
    },
    refused: (count) => `Not done for ${letters(count)}:`,
    unknown: (count) =>
      `panier did not say for ${letters(count)}: it may have been done. What is in the list still can be asked for again:`,
    close: 'Close',
  },
  fr: {
    label: { Retry: 'Relance en cours', Discard: 'Mise à l’écart en cours' },
    done: {
      Retry: (count) => `${lettres(count)} sur le flux à nouveau. Ce qui échoue encore revient comme une nouvelle.`,
      Discard: (count) => `${lettres(count)} à l’écart.`,
    },
    refused: (count) => `Non effectué pour ${lettres(count)} :`,
    unknown: (count) =>
      `panier ne l’a pas dit pour ${lettres(count)} : c’est peut-être fait. Ce qui est encore dans la liste peut être redemandé :`,
    close: 'Fermer',
  },
};

interface SettlingReportProps {
  readonly settling: Settling;
  readonly onClose: () => void;
}

/** How a decision goes and, when it is through, what became of each letter. */
export const SettlingReport = ({ settling, onClose }: SettlingReportProps) => {
  const texts = useTexts(TEXTS);
  const { decision, ids, done, refused, unknown } = settling;
  const over = overIn(settling);
  const report = useRef<HTMLElement>(null);
  // The button that was pressed goes with its letter, and would take the focus to the page's beginning.
  useEffect(() => report.current?.focus(), []);
  return (
    <section ref={report} tabIndex={-1} className={styles['report']} aria-live="polite">
      {isUnderWay(settling) ? (
        <Progress label={texts.label[decision.kind]} share={over / ids.length} detail={`${over} / ${ids.length}`} />
      ) : (
        <>
          {done.length > 0 && <p>{texts.done[decision.kind](done.length)}</p>}
          {refused.length > 0 && <p className={styles['refused']}>{texts.refused(refused.length)}</p>}
          <ul>
            {refused.map(({ id, message }) => (
              <li key={id}>
                <code>{id}</code>: {message}
              </li>
            ))}
          </ul>
          {unknown.length > 0 && <p className={styles['refused']}>{texts.unknown(unknown.length)}</p>}
          <ul>
            {unknown.map((id) => (
              <li key={id}>
                <code>{id}</code>
              </li>
            ))}
          </ul>
          <Button onClick={onClose}>{texts.close}</Button>
        </>
      )}
    </section>
  );
};
