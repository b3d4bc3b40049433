import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';
import { instantOf, localOf } from './local-time.ts';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const Field = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  // The field is what is inside.
  <label className={styles['field']}>
    <span>{label}</span>
    {children}
  </label>
);

interface Choice {
  readonly value: string;
  readonly name: string;
}

interface FilterSelectProps extends FieldProps {
  /** What it says when it is not set. */
  readonly all: string;
  readonly choices: readonly Choice[];
}

/** One of several, or all. */
export const FilterSelect = ({ label, value, onChange, all, choices }: FilterSelectProps) => (
  <Field label={label}>
    <select
      className={value === '' ? '' : styles['isSet']}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{all}</option>
      {choices.map(({ value: each, name }) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
  </Field>
);

/** An instant: shown in the browser's zone, kept in UTC. */
export const FilterInstant = ({ label, value, onChange }: FieldProps) => (
  <Field label={label}>
    <input
      type="datetime-local"
      className={value === '' ? '' : styles['isSet']}
      value={localOf(value)}
      onChange={({ target }) => onChange(instantOf(target.value))}
    />
  </Field>
);
