import type { ReactNode } from 'react';
import styles from './page-title.module.css';

/** What the page is, in its first heading. */
export const PageTitle = ({ children }: { readonly children: ReactNode }) => (
  <h1 className={styles['title']}>{children}</h1>
);
