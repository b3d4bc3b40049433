import { useClient } from 'urql';
import { Link, useLocation } from 'wouter';
import { ShopReorder } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { RefusalText } from '../asking/refusal-text.tsx';
import { useAsking } from '../asking/use-asking.ts';
import type { CartOpening } from '../cart/changes.tsx';
import { useCart, useCartStore } from '../cart/use-cart.ts';
import { useVisitKeeper } from '../visit/use-visit.ts';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

/** Makes a new cart of an order that came to nothing. What the customer has put into a cart meanwhile goes into it, too. */
export const ReorderButton = ({ orderId }: { readonly orderId: string }) => {
  const texts = useTexts(ORDER_TEXTS);
  const client = useClient();
  const visit = useVisitKeeper();
  const store = useCartStore();
  const { cart: before } = useCart();
  const [, navigate] = useLocation();
  const { isBusy, refusal, run } = useAsking();
  const reorder = async (): Promise<void> => {
    const made = await run({
      intent: `reorder ${orderId}`,
      ask: (idempotencyKey) => client.mutation(ShopReorder, { input: { orderId, idempotencyKey } }),
      pick: ({ reorder: answer }) => answer,
    });
    if (made === null) return;
    const { cart, changes } = made;
    visit.keepCart(cart.id);
    store.take(cart);
    const kept = before?.status === 'OPEN' ? before.items : [];
    for (const { productId, quantity } of kept) void store.add(productId, quantity);
    const state: CartOpening = { cartId: cart.id, changes };
    navigate('/cart', { state });
  };
  return (
    <div className={styles['actions']}>
      <Button look="primary" aria-disabled={isBusy} onClick={() => void reorder()}>
        {texts.reorder}
      </Button>
      <Link href="/">{texts.toProducts}</Link>
      {refusal !== null && <RefusalText refusal={refusal} className={styles['refusal']} />}
    </div>
  );
};
