import type { ReactNode } from 'react';
import styles from './tiles.module.css';

interface TileProps {
  readonly label: ReactNode;
  /** The figure. */
  readonly children: ReactNode;
  readonly look?: 'plain' | 'good' | 'busy' | 'warn' | 'bad';
  /** In small letters below the figure. */
  readonly detail?: ReactNode;
}

/** One figure. Around a link's text as its label, the whole tile is the link. */
export const Tile = ({ label, children, look = 'plain', detail }: TileProps) => (
  <div className={`${styles['tile']} ${styles[look] ?? ''}`}>
    <dt>{label}</dt>
    <dd className={styles['figure']}>{children}</dd>
    {detail !== undefined && <dd className={styles['detail']}>{detail}</dd>}
  </div>
);

/** Figures side by side, as many as fit. */
export const Tiles = ({ children }: { readonly children: ReactNode }) => (
  <dl className={styles['tiles']}>{children}</dl>
);
