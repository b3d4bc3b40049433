import { type Catalogue, useTexts } from '../ui/language/language.tsx';
import styles from './names.module.css';

const TEXTS: Catalogue<{ readonly others: (count: number) => string }> = {
  en: { others: (count) => `and ${count} more` },
  fr: { others: (count) => `et ${count} de plus` },
};

/** So many are named. */
const NAMED = 2;

interface Line {
  readonly productId: string;
  readonly quantity: number;
  readonly product: { readonly name: string } | null;
}

/** What is in a cart or an order, in short. */
export const LineNames = ({ lines }: { readonly lines: readonly Line[] }) => {
  const texts = useTexts(TEXTS);
  const named = lines
    .slice(0, NAMED)
    .map(({ quantity, product, productId }) => `${quantity} × ${product?.name ?? productId}`);
  const more = lines.length - named.length;
  return (
    <>
      {named.join(', ')}
      {more > 0 && <span className={styles['muted']}> {texts.others(more)}</span>}
    </>
  );
};
