import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Catalogue, useTexts } from '../language/language.tsx';
import { Button } from '../parts/button.tsx';
import { isTyping } from '../parts/is-typing.ts';
import styles from './filter-bar.module.css';
import type { Filters } from './use-filters.ts';

interface Texts {
  readonly label: string;
  readonly clear: string;
  readonly move: string;
  readonly open: string;
  readonly filter: string;
}

const TEXTS: Catalogue<Texts> = {
  en: { label: 'Filters', clear: 'Clear filters', move: 'move', open: 'open', filter: 'filter' },
  fr: { label: 'Filtres', clear: 'Effacer les filtres', move: 'parcourir', open: 'ouvrir', filter: 'filtrer' },
};

const focusFirst = (bar: HTMLElement | null): void => bar?.querySelector<HTMLElement>('input, select')?.focus();

interface FilterBarProps {
  readonly filters: Pick<Filters<string>, 'areSet' | 'clear'>;
  readonly children: ReactNode;
}

/** The filters of a list; the key / goes to the first of them, from anywhere on the page. Folded where the page is narrow. */
export const FilterBar = ({ filters, children }: FilterBarProps) => {
  const texts = useTexts(TEXTS);
  const bar = useRef<HTMLElement>(null);
  const [isOpen, setIsOpen] = useState(filters.areSet);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      focusFirst(bar.current);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <search ref={bar} aria-label={texts.label} className={styles['bar']}>
      <Button className={styles['fold'] ?? ''} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {texts.label}
      </Button>
      <div className={`${styles['fields']} ${isOpen ? '' : styles['folded']}`}>
        {children}
        {filters.areSet && <Button onClick={filters.clear}>{texts.clear}</Button>}
        <span className={styles['hint']} aria-hidden="true">
          <kbd>j</kbd> <kbd>k</kbd> {texts.move} · <kbd>↵</kbd> {texts.open} · <kbd>/</kbd> {texts.filter}
        </span>
      </div>
    </search>
  );
};
