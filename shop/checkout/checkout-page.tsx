import { useState } from 'react';
import { useClient } from 'urql';
import { Link, Redirect, useLocation } from 'wouter';
import { type ShopCartFragment, ShopCheckout } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { RefusalText } from '../asking/refusal-text.tsx';
import { useAsking } from '../asking/use-asking.ts';
import { useCart } from '../cart/use-cart.ts';
import { useTitle } from '../parts/use-title.ts';
import { useVisit } from '../visit/use-visit.ts';
import styles from './checkout.module.css';
import { type Choice, MethodCards } from './method-cards.tsx';
import { LATER } from './methods.ts';
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
  const [choice, setChoice] = useState<Choice>('pm_card_visa');
  const order = async (): Promise<void> => {
    const paymentMethod = choice === LATER ? null : choice;
    const { id: cartId, version: expectedVersion } = cart;
    const made = await run({
      intent: `checkout ${cartId} ${choice} ${expectedVersion}`,
      ask: (idempotencyKey) =>
        client.mutation(ShopCheckout, { input: { cartId, paymentMethod, expectedVersion, idempotencyKey } }),
      pick: ({ checkout }) => checkout,
    });
    if (made !== null) navigate(`/orders/${made.id}`, { replace: true });
  };
  return (
    <>
      <h1 className={styles['title']}>{texts.title}</h1>
      <div className={styles['checkout']}>
        <MethodCards chosen={choice} onChoose={setChoice} mayWait />
        <div className={styles['side']}>
          <Summary cart={cart} />
          <Button look="primary" className={styles['go']} aria-disabled={isBusy} onClick={() => void order()}>
            {isBusy ? texts.ordering : choice === LATER ? texts.orderUnpaid : texts.order}
          </Button>
          {refusal !== null && <RefusalText refusal={refusal} className={styles['refusal']} />}
          <Link href="/cart">{texts.back}</Link>
        </div>
      </div>
    </>
  );
};

const CheckoutPage = () => {
  const texts = useTexts(CHECKOUT_TEXTS);
  const { cart } = useCart();
  const { visit } = useVisit();
  useTitle(texts.title);
  if (cart === null && visit?.cartId != null) return <Loading />;
  if (cart === null || cart.items.length === 0) return <Redirect to="/cart" replace />;
  // Ordered a moment ago, here or in another tab.
  if (cart.order !== null) return <Redirect to={`/orders/${cart.order.id}`} replace />;
  return <Checkout cart={cart} />;
};

export default CheckoutPage;
