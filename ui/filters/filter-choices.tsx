import styles from './filter-choices.module.css';

const BETWEEN = ',';

/** What stands in a page's address, one by one. */
export const chosenOf = (value: string): readonly string[] => value.split(BETWEEN).filter((each) => each !== '');

const toggled = (value: string, choice: string): string => {
  const chosen = chosenOf(value);
  return (chosen.includes(choice) ? chosen.filter((each) => each !== choice) : [...chosen, choice]).join(BETWEEN);
};

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
