import { useId } from 'react';
import styles from './progress.module.css';

interface ProgressProps {
  readonly label: string;
  /** 0 to 1; null: nobody knows. */
  readonly share: number | null;
  /** In words, beside the bar. */
  readonly detail?: string;
}

/** How far something is. */
export const Progress = ({ label, share, detail }: ProgressProps) => {
  const id = useId();
  return (
    <div className={styles['progress']}>
      <label htmlFor={id}>{label}</label>
      <progress id={id} max={1} {...(share === null ? {} : { value: share })} />
      {detail !== undefined && <span className={styles['detail']}>{detail}</span>}
    </div>
  );
};
