import { chosenOf, toggled } from './chosen.ts';
import styles from './filter-choices.module.css';

interface FilterChoicesProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly { readonly value: string; readonly name: string }[];
}

/** Any of several; none: all of them. */
export const FilterChoices = ({ label, value, onChange, choices }: FilterChoicesProps) => {
  const chosen = chosenOf(value);
  return (
    <fieldset className={styles['group']}>
      <legend>{label}</legend>
      {choices.map(({ value: each, name }) => (
        <button
          key={each}
          type="button"
          aria-pressed={chosen.includes(each)}
          onClick={() => onChange(toggled(value, each))}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
};
