import type { ReactNode } from 'react';
import styles from './badge.module.css';

export type BadgeLook = 'good' | 'busy' | 'warn' | 'bad';

interface BadgeProps {
  readonly look: BadgeLook;
  readonly children: ReactNode;
}

/** How something stands, in a word. */
export const Badge = ({ look, children }: BadgeProps) => (
  <span className={`${styles['badge']} ${styles[look]}`}>{children}</span>
);
