import { useId } from 'react';
import { useTexts } from '../../ui/language/language.tsx';
import styles from './checkout.module.css';
import { LATER, METHOD_TEXTS, METHODS, type Method } from './methods.ts';
import { CHECKOUT_TEXTS } from './texts.ts';

export type Choice = Method | typeof LATER;

interface MethodCardsProps {
  readonly chosen: Choice;
  readonly onChoose: (choice: Choice) => void;
  /** Whether the order may be paid later. */
  readonly mayWait: boolean;
}

/** What to pay by, each with what it does. */
export const MethodCards = ({ chosen, onChoose, mayWait }: MethodCardsProps) => {
  const texts = useTexts(METHOD_TEXTS);
  const { howToPay } = useTexts(CHECKOUT_TEXTS);
  const name = useId();
  const choices: readonly Choice[] = mayWait ? [...METHODS, LATER] : METHODS;
  return (
    <fieldset className={styles['methods']}>
      <legend>{howToPay}</legend>
      {choices.map((choice) => (
        <label key={choice} className={styles['method']}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={choice === chosen}
            onChange={() => onChoose(choice)}
            aria-describedby={`${name}-${choice}`}
          />
          <strong>{texts[choice].name}</strong>
          <span id={`${name}-${choice}`}>{texts[choice].does}</span>
        </label>
      ))}
    </fieldset>
  );
};
