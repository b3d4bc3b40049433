import { Link } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { JsonView } from '../../ui/parts/json-view.tsx';
import { When } from '../../ui/time/when.tsx';
import { pathOf } from '../path-of.ts';
import styles from './dead-letters.module.css';
import { type Letter, readData, subjectOf, typeOf } from './letter.ts';
import type { Decision } from './settling.ts';
import { TEXTS } from './texts.ts';

interface Choosing {
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  /** Asks for what the decision needs, and carries it out. */
  readonly onDecide: (kind: Decision['kind']) => void;
  readonly isBusy: boolean;
}

interface LetterItemProps {
  readonly letter: Letter;
  /** Null: whoever looks may not decide, or it is decided. */
  readonly choosing: Choosing | null;
}

const Subject = ({ id }: { readonly id: string }) => {
  const path = pathOf(id);
  return path === null ? (
    <code>{id}</code>
  ) : (
    <Link href={path}>
      <code>{id}</code>
    </Link>
  );
};

const Entry = ({ letter }: { readonly letter: Letter }) => {
  const texts = useTexts(TEXTS);
  const fields = Object.fromEntries<unknown>(
    letter.fields.map(({ name, value }) => [name, name === 'data' ? readData(value) : value]),
  );
  return (
    <details className={styles['entry']}>
      <summary>{texts.entry}</summary>
      <p>
        <code>{letter.stream}</code> <IdText id={letter.entryId} what={texts.entry} />
      </p>
      <JsonView value={fields} label={texts.entry} />
    </details>
  );
};

export const LetterItem = ({ letter, choosing }: LetterItemProps) => {
  const texts = useTexts(TEXTS);
  const type = typeOf(letter) ?? texts.noType;
  const subject = subjectOf(letter);
  return (
    <li className={styles['letter']}>
      {choosing !== null && (
        <input
          type="checkbox"
          aria-label={texts.choose(`${type} ${subject ?? letter.entryId}`)}
          checked={choosing.isChosen}
          onChange={({ target }) => choosing.onChoose(target.checked)}
        />
      )}
      <div className={styles['what']}>
        <div className={styles['head']}>
          <strong>{type}</strong>
          {subject !== null && <Subject id={subject} />}
        </div>
        <p className={styles['error']} lang="en">
          {letter.error}
        </p>
        <p className={styles['where']}>
          <code>{letter.consumerGroup}</code> · {texts.deliveries(letter.deliveries)} ·{' '}
          <When at={letter.settledAt ?? letter.lastAt} />
        </p>
        {letter.reason !== null && <p>{texts.reason(letter.reason)}</p>}
        <Entry letter={letter} />
      </div>
      {choosing !== null && (
        <div className={styles['actions']}>
          <Button disabled={choosing.isBusy} onClick={() => choosing.onDecide('Retry')}>
            {texts.retry}
          </Button>
          <Button look="danger" disabled={choosing.isBusy} onClick={() => choosing.onDecide('Discard')}>
            {texts.discard}
          </Button>
        </div>
      )}
    </li>
  );
};
