import type { ShopProductFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import styles from './product-page.module.css';
import { PRODUCT_TEXTS } from './texts.ts';

/** Where the units of a product are, as panier counts them. */
export const ShelfNumbers = ({ product: { available, reserved, sold } }: { readonly product: ShopProductFragment }) => {
  const texts = useTexts(PRODUCT_TEXTS);
  return (
    <section className={styles['numbers']} aria-label={texts.shelf}>
      <h2>{texts.shelf}</h2>
      <dl>
        <div>
          <dt>{texts.available}</dt>
          <dd key={available}>{available}</dd>
        </div>
        <div>
          <dt>{texts.reserved}</dt>
          <dd key={reserved}>{reserved}</dd>
        </div>
        <div>
          <dt>{texts.sold}</dt>
          <dd key={sold}>{sold}</dd>
        </div>
      </dl>
      <p>{texts.shelfHint}</p>
    </section>
  );
};
