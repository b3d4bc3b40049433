import { Link } from 'wouter';
import type { ShopCartFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState } from '../../ui/parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useStock } from '../products/use-stock.ts';
import { useVisit } from '../visit/use-visit.ts';
import styles from './cart.module.css';
import { isAwaited } from './cart-store.ts';
import { Changes } from './changes.tsx';
import { Line } from './line.tsx';
import { CART_TEXTS } from './texts.ts';
import { useCart } from './use-cart.ts';

const Filled = ({ cart }: { readonly cart: ShopCartFragment }) => {
  const texts = useTexts(CART_TEXTS);
  const isBusy = useCart().wanted.size > 0;
  const now = useStock(cart.items.map(({ productId }) => productId));
  const isShort = cart.items.some(
    ({ productId, product, quantity }) => ((now.get(productId) ?? product)?.available ?? 0) < quantity,
  );
  return (
    <>
      <Changes cartId={cart.id} />
      <div className={styles['cart']}>
        <ul className={styles['lines']}>
          {cart.items.map((item) => (
            <Line key={item.id} item={item} product={now.get(item.productId) ?? item.product} />
          ))}
        </ul>
        <aside className={styles['summary']}>
          <p className={styles['total']}>
            <span>{texts.total}</span>
            <strong className={isBusy ? styles['waiting'] : undefined} aria-busy={isBusy}>
              <Amount money={cart.totalAmount} />
            </strong>
          </p>
          <Link href="/checkout" className={isShort ? styles['doubtful'] : styles['go']}>
            {isShort ? texts.checkoutAllTheSame : texts.checkout}
          </Link>
        </aside>
      </div>
    </>
  );
};

const Ordered = ({ orderId }: { readonly orderId: string }) => {
  const texts = useTexts(CART_TEXTS);
  return (
    <EmptyState
      title={texts.ordered}
      action={
        <>
          <Link href={`/orders/${orderId}`}>{texts.toOrder}</Link>
          <Link href="/">{texts.toProducts}</Link>
        </>
      }
    >
      <p>{texts.orderedHint}</p>
    </EmptyState>
  );
};

const Empty = () => {
  const texts = useTexts(CART_TEXTS);
  return (
    <EmptyState title={texts.empty} action={<Link href="/">{texts.toProducts}</Link>}>
      <p>{texts.emptyHint}</p>
    </EmptyState>
  );
};

const Contents = () => {
  const state = useCart();
  const { visit } = useVisit();
  const { cart } = state;
  if (isAwaited(state, visit?.cartId ?? null)) return <Loading />;
  if (cart?.order != null) return <Ordered orderId={cart.order.id} />;
  return cart?.status === 'OPEN' && cart.items.length > 0 ? <Filled cart={cart} /> : <Empty />;
};

const CartPage = () => {
  const { title } = useTexts(CART_TEXTS);
  useTitle(title);
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <Contents />
    </>
  );
};

export default CartPage;
