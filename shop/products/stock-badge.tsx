import { useTexts } from '../../ui/language/language.tsx';
import styles from './stock-badge.module.css';
import { PRODUCT_TEXTS } from './texts.ts';

const FEW = 5;

interface Stock {
  readonly available: number;
  readonly reserved: number;
}

/** How many there are to buy now. */
export const StockBadge = ({ stock: { available, reserved } }: { readonly stock: Stock }) => {
  const texts = useTexts(PRODUCT_TEXTS);
  if (available === 0)
    return (
      <span className={`${styles['badge']} ${styles['out']}`}>
        {texts.soldOut}
        {reserved > 0 && <small>{texts.held}</small>}
      </span>
    );
  if (available > FEW)
    return (
      <span key={available} className={`${styles['badge']} ${styles['in']}`}>
        {texts.inStock(available)}
      </span>
    );
  return (
    <span key={available} className={`${styles['badge']} ${styles['few']}`}>
      {available === 1 ? texts.last : texts.few(available)}
    </span>
  );
};
