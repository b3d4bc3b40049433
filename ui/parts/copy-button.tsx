import { useEffect, useState } from 'react';
import { type Catalogue, useTexts } from '../language/language.tsx';
import styles from './copy-button.module.css';
import { copyText } from './copy-text.ts';

interface Texts {
  readonly copy: (what: string) => string;
  readonly copied: string;
  readonly refused: string;
}

const TEXTS: Catalogue<Texts> = {
  en: { copy: (what) => `Copy ${what}`, copied: 'Copied', refused: 'The browser does not let the page copy' },
  fr: { copy: (what) => `Copier ${what}`, copied: 'Copié', refused: 'Le navigateur empêche la copie' },
};

const SHOWN_MS = 1_500;

interface CopyButtonProps {
  /** What is copied. */
  readonly text: string;
  /** What that is, for who cannot see where the button stands: "the id". */
  readonly what: string;
}

/** Copies, and says so. */
export const CopyButton = ({ text, what }: CopyButtonProps) => {
  const texts = useTexts(TEXTS);
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    copyText(text)
      .then((isCopied) => setSaid(isCopied ? 'copied' : 'refused'))
      .catch(() => setSaid('refused'));
  };
  return (
    <button
      type="button"
      className={styles['copy']}
      onClick={copy}
      aria-label={texts.copy(what)}
      title={texts.copy(what)}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        {said === 'copied' ? (
          <path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" strokeWidth="2" />
        ) : (
          <path
            d="M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinejoin="round"
          />
        )}
      </svg>
      <output className={styles['said']}>{said !== null && texts[said]}</output>
    </button>
  );
};
