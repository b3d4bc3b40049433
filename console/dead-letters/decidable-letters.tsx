import { useState } from 'react';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import styles from './dead-letters.module.css';
import { DiscardDialog } from './discard-dialog.tsx';
import type { Letter } from './letter.ts';
import { LetterItem } from './letter-item.tsx';
import { type Decision, isUnderWay, type Settling, settleAll } from './settling.ts';
import { SettlingReport } from './settling-report.tsx';
import { TEXTS } from './texts.ts';
import { useDecide } from './use-decide.ts';

interface ChoosingBarProps {
  readonly isAll: boolean;
  readonly count: number;
  readonly isBusy: boolean;
  readonly onAll: (isAll: boolean) => void;
  readonly onDecide: (kind: Decision['kind']) => void;
}

const ChoosingBar = ({ isAll, count, isBusy, onAll, onDecide }: ChoosingBarProps) => {
  const texts = useTexts(TEXTS);
  const isOff = isBusy || count === 0;
  return (
    <div className={styles['bar']}>
      <label>
        <input type="checkbox" checked={isAll} onChange={({ target }) => onAll(target.checked)} /> {texts.chooseAll}
      </label>
      <output>{texts.chosen(count)}</output>
      <Button look="primary" disabled={isOff} onClick={() => onDecide('Retry')}>
        {texts.retryChosen}
      </Button>
      <Button look="danger" disabled={isOff} onClick={() => onDecide('Discard')}>
        {texts.discardChosen}
      </Button>
    </div>
  );
};

/** Open dead letters, for who may decide about them: one, or many. */
export const DecidableLetters = ({ letters }: { readonly letters: readonly Letter[] }) => {
  const texts = useTexts(TEXTS);
  const decide = useDecide();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [settling, setSettling] = useState<Settling | null>(null);
  const [discarding, setDiscarding] = useState<readonly string[]>([]);
  // Those that are gone meanwhile are not decided about.
  const ids = letters.map(({ id }) => id).filter((id) => chosen.has(id));
  const isBusy = settling !== null && isUnderWay(settling);
  const settle = (about: readonly string[], decision: Decision): void => {
    setChosen(new Set());
    settleAll({ ids: about, decision, decide, onProgress: setSettling }).catch(() => undefined);
  };
  const ask = (about: readonly string[], kind: Decision['kind']): void => {
    if (kind === 'Discard') setDiscarding(about);
    else settle(about, { kind });
  };
  const choose = (id: string, isChosen: boolean): void =>
    setChosen((before) => (isChosen ? before.union(new Set([id])) : before.difference(new Set([id]))));
  return (
    <>
      {settling !== null && (
        <SettlingReport key={settling.ids.join(' ')} settling={settling} onClose={() => setSettling(null)} />
      )}
      {letters.length > 0 && (
        <ChoosingBar
          isAll={ids.length === letters.length}
          count={ids.length}
          isBusy={isBusy}
          onAll={(isAll) => setChosen(new Set(isAll ? letters.map(({ id }) => id) : []))}
          onDecide={(kind) => ask(ids, kind)}
        />
      )}
      <ul className={styles['letters']} aria-label={texts.list}>
        {letters.map((letter) => (
          <LetterItem
            key={letter.id}
            letter={letter}
            choosing={{
              isChosen: chosen.has(letter.id),
              onChoose: (isChosen) => choose(letter.id, isChosen),
              onDecide: (kind) => ask([letter.id], kind),
              isBusy,
            }}
          />
        ))}
      </ul>
      {discarding.length > 0 && (
        <DiscardDialog
          count={discarding.length}
          onReason={(reason) => settle(discarding, { kind: 'Discard', reason })}
          onClose={() => setDiscarding([])}
        />
      )}
    </>
  );
};
