import { motifOf } from './motifs.tsx';
import styles from './picture.module.css';

const PALETTES = ['clay', 'moss', 'sea', 'plum', 'sand', 'slate'] as const;
const PRIME = 31;

/** The same colours for the same product, wherever it is shown. */
const paletteOf = (id: string): string => {
  const sum = id.split('').reduce((hash, letter) => (hash * PRIME + letter.charCodeAt(0)) % 9_973, 7);
  return PALETTES[sum % PALETTES.length] ?? PALETTES[0];
};

interface PictureProps {
  readonly id: string;
  readonly name: string;
  readonly className?: string | undefined;
}

/** A picture of a product, drawn from its name: nothing is loaded. Its name stands beside it, so nobody is read it twice. */
export const Picture = ({ id, name, className = '' }: PictureProps) => (
  <svg
    viewBox="0 0 200 150"
    aria-hidden="true"
    preserveAspectRatio="xMidYMid slice"
    className={`${styles['picture']} ${styles[paletteOf(id)]} ${className}`}
  >
    <rect width="200" height="150" className={styles['paper']} />
    <circle cx="100" cy="78" r="62" className={styles['glow']} />
    <ellipse cx="100" cy="124" rx="58" ry="7" className={styles['shade']} />
    {motifOf(name)}
  </svg>
);
