import { useClient } from 'urql';
import { type ShopOrderFragment, ShopPay } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { useAsking } from '../asking/use-asking.ts';
import { PayForm } from '../checkout/pay-form.tsx';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

/** Pays an order that waits for it. */
export const PayPanel = ({ order: { id: orderId, totalAmount } }: { readonly order: ShopOrderFragment }) => {
  const texts = useTexts(ORDER_TEXTS);
  const client = useClient();
  const { isBusy, refusal, run } = useAsking();
  const pay = async (paymentMethod: string | null): Promise<void> => {
    if (paymentMethod === null) return;
    await run({
      intent: `pay ${orderId} ${paymentMethod}`,
      ask: (idempotencyKey) => client.mutation(ShopPay, { input: { orderId, paymentMethod, idempotencyKey } }),
      pick: ({ payOrder }) => payOrder,
    });
  };
  return (
    <PayForm
      total={totalAmount}
      onPay={pay}
      isBusy={isBusy}
      refusal={refusal}
      label={texts.pay}
      busyLabel={texts.paying}
      mayWait={false}
      className={styles['pay']}
    />
  );
};
