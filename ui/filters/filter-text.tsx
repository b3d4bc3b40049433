import { useEffect, useRef, useState } from 'react';
import styles from './filter-bar.module.css';

const SETTLE_MS = 250;

interface FilterTextProps {
  readonly label: string;
  readonly value: string;
  /** Told when typing has come to rest. `replace`: it goes on with what was typed just before. */
  readonly onChange: (value: string, options: { readonly replace: boolean }) => void;
  readonly placeholder?: string;
}

/** Words, or an id, that what is shown has to have. */
export const FilterText = ({ label, value, onChange, placeholder = ' ' }: FilterTextProps) => {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(value);
  const typing = useRef({ goesOn: false, timer: 0 });
  // The back button, or a link, has set it.
  if (known !== value) {
    setKnown(value);
    setDraft(value);
  }
  useEffect(() => {
    const { current } = typing;
    return () => clearTimeout(current.timer);
  }, []);
  const commit = (typed: string): void => {
    const settled = typed.trim();
    if (settled === value) return;
    setKnown(settled);
    onChange(settled, { replace: typing.current.goesOn });
    typing.current.goesOn = true;
  };
  const type = (typed: string): void => {
    setDraft(typed);
    clearTimeout(typing.current.timer);
    const { pathname } = location;
    // A page that was left is still there while the next one loads: what settles then would lead back to it.
    const settle = (): void => (location.pathname === pathname ? commit(typed) : undefined);
    typing.current.timer = window.setTimeout(settle, SETTLE_MS);
  };
  return (
    <label className={styles['field']}>
      <span>{label}</span>
      <input
        type="search"
        value={draft}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onFocus={() => {
          typing.current.goesOn = false;
        }}
        onChange={({ target }) => type(target.value)}
      />
    </label>
  );
};
