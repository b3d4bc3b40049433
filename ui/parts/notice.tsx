import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  /** 1 where it is all that the page has to say: each page has one heading of that level. */
  readonly level?: 1 | 2;
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do about it. */
  readonly action?: ReactNode;
}

const Heading = ({ level, title }: { readonly level: 1 | 2; readonly title: string }) =>
  level === 1 ? <h1>{title}</h1> : <h2>{title}</h2>;

/** Where there is nothing to show: why, and what to do. */
export const EmptyState = ({ level = 2, title, children, action }: NoticeProps) => (
  <div className={styles['notice']}>
    <Heading level={level} title={title} />
    {children}
    {action !== undefined && <div className={styles['actions']}>{action}</div>}
  </div>
);

/** What happened, in the words of whoever refused. */
export const ErrorNotice = ({ level = 2, title, children, action }: NoticeProps) => (
  <div className={`${styles['notice']} ${styles['wrong']}`} role="alert">
    <Heading level={level} title={title} />
    {children}
    {action !== undefined && <div className={styles['actions']}>{action}</div>}
  </div>
);
