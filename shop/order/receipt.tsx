import { Link } from 'wouter';
import type { ShopOrderFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { When } from '../../ui/time/when.tsx';
import { Picture } from '../picture/picture.tsx';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

/** What was ordered, for how much. */
export const Receipt = ({ order }: { readonly order: ShopOrderFragment }) => {
  const { id, lines, totalAmount, createdAt, failure } = order;
  const texts = useTexts(ORDER_TEXTS);
  return (
    <section className={styles['receipt']} aria-label={texts.yourOrder}>
      <h2>{texts.yourOrder}</h2>
      <ul>
        {lines.map(({ productId, quantity, product, lineTotal }) => (
          <li key={productId}>
            <Picture id={productId} name={product?.name ?? productId} className={styles['thumb']} />
            <span className={styles['what']}>
              <Link href={`/products/${productId}`}>{product?.name ?? productId}</Link>
              {failure?.reason === 'OUT_OF_STOCK' && failure.productIds.includes(productId) && (
                <small>{texts.wasShort}</small>
              )}
            </span>
            <span>× {quantity}</span>
            <Amount money={lineTotal} />
          </li>
        ))}
      </ul>
      <p className={styles['total']}>
        <span>{texts.total}</span>
        <strong>
          <Amount money={totalAmount} />
        </strong>
      </p>
      <p className={styles['small']}>
        {texts.placed} <When at={createdAt} /> · {texts.number} <IdText id={id} what={texts.number} />
      </p>
    </section>
  );
};
