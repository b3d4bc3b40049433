import { useState } from 'react';
import { useClient } from 'urql';
import { ShopPay } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { RefusalText } from '../asking/refusal-text.tsx';
import { useAsking } from '../asking/use-asking.ts';
import { type Choice, MethodCards } from '../checkout/method-cards.tsx';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

/** Pays an order that waits for it. */
export const PayPanel = ({ orderId }: { readonly orderId: string }) => {
  const texts = useTexts(ORDER_TEXTS);
  const client = useClient();
  const { isBusy, refusal, run } = useAsking();
  const [choice, setChoice] = useState<Choice>('pm_card_visa');
  const pay = (): void =>
    void run({
      intent: `pay ${orderId} ${choice}`,
      ask: (idempotencyKey) => client.mutation(ShopPay, { input: { orderId, paymentMethod: choice, idempotencyKey } }),
      pick: ({ payOrder }) => payOrder,
    });
  return (
    <div className={styles['pay']}>
      <MethodCards chosen={choice} onChoose={setChoice} mayWait={false} />
      <Button look="primary" className={styles['go']} aria-disabled={isBusy} onClick={pay}>
        {isBusy ? texts.paying : texts.pay}
      </Button>
      {refusal !== null && <RefusalText refusal={refusal} className={styles['refusal']} />}
    </div>
  );
};
