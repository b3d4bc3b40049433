import { CopyButton } from './copy-button.tsx';
import styles from './id-text.module.css';

interface IdTextProps {
  readonly id: string;
  /** What it is the id of, as {@link CopyButton} says it. */
  readonly what: string;
}

/** An id, whole and to be copied. */
export const IdText = ({ id, what }: IdTextProps) => (
  <span className={styles['id']}>
    <code>{id}</code>
    <CopyButton text={id} what={what} />
  </span>
);
