import { type Catalogue, useTexts } from '../language/language.tsx';
import { CopyButton } from './copy-button.tsx';
import { jsonTokens } from './json-tokens.ts';
import styles from './json-view.module.css';

interface Texts {
  readonly json: string;
  readonly cut: (characters: string) => string;
}

const TEXTS: Catalogue<Texts> = {
  en: { json: 'the JSON', cut: (characters) => `… ${characters} more characters: copy it to see all.` },
  fr: { json: 'le JSON', cut: (characters) => `… encore ${characters} caractères : copiez pour tout voir.` },
};

/** A thousand tokens are an element each: an event may have 262,144 characters. */
const MAX_SHOWN = 20_000;

interface JsonViewProps {
  readonly value: unknown;
  /** What it is, for who cannot see: "OrderCreated". */
  readonly label: string;
}

/** Any JSON value, to be read and copied. */
export const JsonView = ({ value, label }: JsonViewProps) => {
  const texts = useTexts(TEXTS);
  const json = JSON.stringify(value, null, 2);
  const rest = json.length - MAX_SHOWN;
  return (
    <figure className={styles['view']} aria-label={label}>
      <pre>
        {jsonTokens(json.slice(0, MAX_SHOWN)).map(({ kind, text }, nth) => (
          <span key={nth} className={styles[kind]}>
            {text}
          </span>
        ))}
        {rest > 0 && <em>{texts.cut(rest.toLocaleString())}</em>}
      </pre>
      <span className={styles['copy']}>
        <CopyButton text={json} what={texts.json} />
      </span>
    </figure>
  );
};
