import { useClient } from 'urql';
import { Link, Redirect, useLocation } from 'wouter';
import { type ShopCartFragment, ShopCheckout } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { useAsking } from '../asking/use-asking.ts';
import { isAwaited } from '../cart/cart-store.ts';
import { useCart } from '../cart/use-cart.ts';
import { PageTitle } from '../parts/page-title.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useVisit } from '../visit/use-visit.ts';
import styles from './checkout.module.css';
import { PayForm } from './pay-form.tsx';
import { CHECKOUT_TEXTS } from './texts.ts';

const Summary = ({ cart }: { readonly cart: ShopCartFragment }) => {
  const texts = useTexts(CHECKOUT_TEXTS);
  return (
    <section className={styles['summary']} aria-labelledby="your-order">
      <h2 id="your-order">{texts.yourOrder}</h2>
      <ul>
        {cart.items.map(({ id, quantity, lineTotal, product, productId }) => (
          <li key={id}>
            <span>
              {quantity} × {product?.name ?? productId}
            </span>
            <Amount money={lineTotal} />
          </li>
        ))}
      </ul>
      <p className={styles['total']}>
        <span>{texts.total}</span>
        <strong>
          <Amount money={cart.totalAmount} />
        </strong>
      </p>
    </section>
  );
};

const Checkout = ({ cart }: { readonly cart: ShopCartFragment }) => {
  const texts = useTexts(CHECKOUT_TEXTS);
  const client = useClient();
  const [, navigate] = useLocation();
  const { isBusy, refusal, run } = useAsking();
  const order = async (paymentMethod: string | null): Promise<void> => {
    const { id: cartId, version: expectedVersion } = cart;
    const made = await run({
      intent: `checkout ${cartId} ${expectedVersion} ${paymentMethod}`,
      ask: (idempotencyKey) =>
        client.mutation(ShopCheckout, { input: { cartId, paymentMethod, expectedVersion, idempotencyKey } }),
      pick: ({ checkout }) => checkout,
    });
    if (made !== null) navigate(`/orders/${made.id}`, { replace: true });
  };
  return (
    <>
      <PageTitle>{texts.title}</PageTitle>
      <PayForm
        total={cart.totalAmount}
        onPay={order}
        isBusy={isBusy}
        refusal={refusal}
        busyLabel={texts.ordering}
        mayWait
        className={styles['checkout']}
      >
        <Summary cart={cart} />
      </PayForm>
      <Link href="/cart" className={styles['back']}>
        {texts.back}
      </Link>
    </>
  );
};

const CheckoutPage = () => {
  const texts = useTexts(CHECKOUT_TEXTS);
  const state = useCart();
  const { visit } = useVisit();
  const { cart } = state;
  useTitle(texts.title);
  if (isAwaited(state, visit?.cartId ?? null)) return <Loading />;
  if (cart === null || cart.items.length === 0) return <Redirect to="/cart" replace />;
  // Ordered a moment ago, here or in another tab.
  if (cart.order !== null) return <Redirect to={`/orders/${cart.order.id}`} replace />;
  return <Checkout cart={cart} />;
};

export default CheckoutPage;
