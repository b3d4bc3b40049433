import { Link } from 'wouter';
import type { ShopCartFragment, ShopProductFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Picture } from '../picture/picture.tsx';
import styles from './cart.module.css';
import { CartRefusal } from './cart-refusal.tsx';
import { CART_TEXTS } from './texts.ts';
import { useCart, useCartStore } from './use-cart.ts';

type Item = ShopCartFragment['items'][number];

const MOST = 999;

/** What is not as it was when the product was put in. */
const Warnings = ({ item, product }: { readonly item: Item; readonly product: ShopProductFragment | null }) => {
  const texts = useTexts(CART_TEXTS);
  if (product === null) return null;
  const { available, price } = product;
  return (
    <>
      {available < item.quantity && (
        <p className={styles['warning']}>{available === 0 ? texts.soldOut : texts.short(available)}</p>
      )}
      {(price.amount !== item.unitPrice.amount || price.currency !== item.unitPrice.currency) && (
        <p className={styles['hint']}>
          {texts.priceNow} <Amount money={price} />. {texts.priceKept}
        </p>
      )}
    </>
  );
};

interface LineProps {
  readonly item: Item;
  /** As it is now; null when it is not sold any more. */
  readonly product: ShopProductFragment | null;
}

/** A line of the cart, to be changed. */
export const Line = ({ item, product }: LineProps) => {
  const texts = useTexts(CART_TEXTS);
  const store = useCartStore();
  const { wanted, refusals } = useCart();
  const { productId } = item;
  const quantity = wanted.get(productId) ?? item.quantity;
  const isBusy = wanted.has(productId);
  const refusal = refusals.get(productId);
  const name = product?.name ?? texts.gone;
  const want = (next: number): void => void store.want(productId, next);
  if (quantity === 0) return null;
  return (
    <li className={styles['line']} aria-label={texts.line(name)}>
      <Picture id={productId} name={name} className={styles['thumb']} />
      <div className={styles['what']}>
        <Link href={`/products/${productId}`}>{name}</Link>
        <span className={styles['each']}>
          <Amount money={item.unitPrice} />
        </span>
        <Warnings item={item} product={product} />
        {refusal !== undefined && <CartRefusal refusal={refusal} className={styles['warning']} />}
      </div>
      <div className={styles['count']}>
        <Button aria-label={texts.fewer(name)} onClick={() => want(quantity - 1)}>
          −
        </Button>
        <output aria-label={texts.quantity}>{quantity}</output>
        <Button aria-label={texts.more(name)} disabled={quantity >= MOST} onClick={() => want(quantity + 1)}>
          +
        </Button>
      </div>
      <span className={isBusy ? styles['waiting'] : styles['sum']} aria-busy={isBusy}>
        <Amount money={item.lineTotal} />
      </span>
      <Button className={styles['remove']} aria-label={texts.remove(name)} onClick={() => want(0)}>
        {texts.removeShort}
      </Button>
    </li>
  );
};
