import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import styles from './loading.module.css';

const TEXTS: Catalogue<{ readonly loading: string }> = {
  en: { loading: 'One moment…' },
  fr: { loading: 'Un instant…' },
};

/** Says that something is on its way, once it takes longer than the eye waits. */
export const Loading = () => <p className={styles['loading']}>{useTexts(TEXTS).loading}</p>;
