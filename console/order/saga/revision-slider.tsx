import { useId } from 'react';
import { useTexts } from '../../../ui/language/language.tsx';
import { Button } from '../../../ui/parts/button.tsx';
import styles from './saga.module.css';
import { SAGA_TEXTS } from './texts.ts';

interface RevisionSliderProps {
  /** How many steps there are. */
  readonly last: number;
  /** Null: now, whatever comes. */
  readonly revision: number | null;
  readonly onRevision: (revision: number | null) => void;
}

/** The order at any earlier revision. At its end it is now, and stays so. */
export const RevisionSlider = ({ last, revision, onRevision }: RevisionSliderProps) => {
  const texts = useTexts(SAGA_TEXTS);
  const id = useId();
  const shown = revision === null ? texts.now(last) : texts.at(revision, last);
  return (
    <div className={styles['slider']}>
      <label htmlFor={id}>{texts.revision}</label>
      <input
        id={id}
        type="range"
        min={1}
        max={Math.max(1, last)}
        value={revision ?? last}
        aria-valuetext={shown}
        disabled={last < 2}
        onChange={({ target }) => onRevision(target.valueAsNumber === last ? null : target.valueAsNumber)}
      />
      <output htmlFor={id}>{shown}</output>
      {revision !== null && <Button onClick={() => onRevision(null)}>{texts.backToNow}</Button>}
    </div>
  );
};
