import { useState } from 'react';
import { useClient } from 'urql';
import { ShopCancel } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { RefusalText } from '../asking/refusal-text.tsx';
import { useAsking } from '../asking/use-asking.ts';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

/** In the event, for whoever reads it. */
const REASON = 'Cancelled in the shop';

/** Cancels an order, once the customer has said so twice. */
export const CancelButton = ({ orderId }: { readonly orderId: string }) => {
  const texts = useTexts(ORDER_TEXTS);
  const client = useClient();
  const { isBusy, refusal, run } = useAsking();
  const [isSure, setSure] = useState(false);
  const cancel = (): void =>
    void run({
      intent: `cancel ${orderId}`,
      ask: (idempotencyKey) => client.mutation(ShopCancel, { input: { orderId, reason: REASON, idempotencyKey } }),
      pick: ({ cancelOrder }) => cancelOrder,
    });
  return (
    <div className={styles['actions']}>
      {isSure ? (
        <>
          <Button look="danger" aria-disabled={isBusy} onClick={cancel}>
            {texts.cancelReally}
          </Button>
          <Button onClick={() => setSure(false)}>{texts.keep}</Button>
        </>
      ) : (
        <Button onClick={() => setSure(true)}>{texts.cancel}</Button>
      )}
      {refusal !== null && <RefusalText refusal={refusal} className={styles['refusal']} />}
    </div>
  );
};
