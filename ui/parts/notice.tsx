import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do about it. */
  readonly action?: ReactNode;
}

/** Where there is nothing to show: why, and what to do. */
export const EmptyState = ({ title, children, action }: NoticeProps) => (
  <div className={styles['notice']}>
    <h2>{title}</h2>
    {children}
    {action !== undefined && <div className={styles['actions']}>{action}</div>}
  </div>
);

/** What happened, in the words of whoever refused. */
export const ErrorNotice = ({ title, children, action }: NoticeProps) => (
  <div className={`${styles['notice']} ${styles['wrong']}`} role="alert">
    <h2>{title}</h2>
    {children}
    {action !== undefined && <div className={styles['actions']}>{action}</div>}
  </div>
);
