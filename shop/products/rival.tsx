import { useTexts } from '../../ui/language/language.tsx';
import { isOtherVisitor, OTHER_VISITOR_QUERY } from '../visit/open-visit.ts';
import styles from './product-page.module.css';
import { PRODUCT_TEXTS } from './texts.ts';

/** Where one is left: a second visitor, who wants it, too. */
export const Rival = ({ productId }: { readonly productId: string }) => {
  const texts = useTexts(PRODUCT_TEXTS);
  if (isOtherVisitor()) return null;
  return (
    <section className={styles['rival']}>
      <h2>{texts.rivalTitle}</h2>
      <p>{texts.rivalHint}</p>
      <a href={`/shop/products/${productId}?${OTHER_VISITOR_QUERY}`} target="_blank" rel="noreferrer">
        {texts.rivalOpen}
      </a>
    </section>
  );
};
