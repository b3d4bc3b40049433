import { type Catalogue, useTexts } from '../language/language.tsx';
import styles from './loading.module.css';

const TEXTS: Catalogue<{ readonly loading: string }> = { en: { loading: 'Loading…' }, fr: { loading: 'Chargement…' } };

/** Where something is asked for. What comes at once is not announced: a word that flashes is noise. */
export const Loading = () => {
  const texts = useTexts(TEXTS);
  return <output className={styles['loading']}>{texts.loading}</output>;
};
