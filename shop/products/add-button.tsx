import { Link } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { CartRefusal } from '../cart/cart-refusal.tsx';
import { useCart, useCartStore } from '../cart/use-cart.ts';
import styles from './add-button.module.css';
import { PRODUCT_TEXTS } from './texts.ts';

interface AddButtonProps {
  readonly product: { readonly id: string; readonly name: string; readonly available: number };
  readonly quantity?: number;
}

/** Puts a product into the cart, and shows how many are there. */
export const AddButton = ({ product: { id, name, available }, quantity = 1 }: AddButtonProps) => {
  const texts = useTexts(PRODUCT_TEXTS);
  const store = useCartStore();
  const { cart, wanted, adding, refusals } = useCart();
  const refusal = refusals.get(id);
  const item = cart?.status === 'OPEN' ? cart.items.find(({ productId }) => productId === id) : undefined;
  // Not answered yet, it is not in the cart: the refusal says so.
  const coming = refusal?.code === 'UNAVAILABLE' ? 0 : (adding.get(id) ?? 0);
  const count = (wanted.get(id) ?? item?.quantity ?? 0) + coming;
  const add = (): void => void store.add(id, quantity);
  return (
    <div className={styles['add']}>
      <Button look="primary" disabled={available === 0} aria-label={texts.addThis(name)} onClick={add}>
        {texts.add}
      </Button>
      {count > 0 && (
        <Link href="/cart" className={styles['count']}>
          {texts.inCart(count)}
        </Link>
      )}
      {refusal !== undefined && <CartRefusal refusal={refusal} className={styles['refusal']} />}
    </div>
  );
};
