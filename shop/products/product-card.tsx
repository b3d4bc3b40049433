import { Link } from 'wouter';
import type { ShopProductFragment } from '../../ui/generated/operations.ts';
import { Amount } from '../../ui/money/amount.tsx';
import { Picture } from '../picture/picture.tsx';
import { AddButton } from './add-button.tsx';
import styles from './products.module.css';
import { StockBadge } from './stock-badge.tsx';

/** A product on the shelf. */
export const ProductCard = ({ product }: { readonly product: ShopProductFragment }) => (
  <article className={styles['card']}>
    <Link href={`/products/${product.id}`} className={styles['picture']} tabIndex={-1} aria-hidden="true">
      <Picture id={product.id} name={product.name} />
    </Link>
    <div className={styles['about']}>
      <h3>
        <Link href={`/products/${product.id}`}>{product.name}</Link>
      </h3>
      <p className={styles['price']}>
        <Amount money={product.price} />
      </p>
      <StockBadge stock={product} />
      <div className={styles['buy']}>
        <AddButton product={product} />
      </div>
    </div>
  </article>
);
