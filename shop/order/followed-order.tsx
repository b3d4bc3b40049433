import { failureOf } from '../../ui/client/outcome.ts';
import type { ShopOrderFragment, ShopStepFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { ErrorNotice } from '../../ui/parts/notice.tsx';
import { RefusalText } from '../asking/refusal-text.tsx';
import { Inside } from '../inside/inside.tsx';
import { InsideToggle } from '../inside/inside-toggle.tsx';
import { useInsideOpen } from '../inside/use-inside-open.ts';
import { useTitle } from '../parts/use-title.ts';
import { Bank } from './bank.tsx';
import { CancelButton } from './cancel-button.tsx';
import { Countdown } from './countdown.tsx';
import { Journey } from './journey.tsx';
import styles from './order.module.css';
import { PayPanel } from './pay-panel.tsx';
import { Receipt } from './receipt.tsx';
import { ReorderButton } from './reorder-button.tsx';
import { mayCancel, mayReorder, momentOf } from './stages.ts';
import { ORDER_TEXTS } from './texts.ts';
import { type LoadedOrder, useOrder } from './use-order.ts';

const LOOKS = {
  checking: 'isBusy',
  payNow: 'isBusy',
  paying: 'isBusy',
  confirmAtBank: 'isBusy',
  confirmed: 'isGood',
  soldOut: 'isBad',
  givingBack: 'isWarn',
  declined: 'isBad',
  expired: 'isBad',
  cancelled: 'isWarn',
} as const;

interface NowProps {
  readonly order: ShopOrderFragment;
  readonly steps: readonly ShopStepFragment[];
}

/** What the customer is told, and can do. */
const Now = ({ order, steps }: NowProps) => {
  const texts = useTexts(ORDER_TEXTS);
  const moment = momentOf(order);
  const [title, hint] = texts.moments[moment];
  const since = steps.find(({ event }) => event.type === 'StockReserved')?.event.occurredAt ?? order.createdAt;
  const nextAction = order.payment?.nextAction ?? null;
  useTitle(title);
  return (
    <section className={`${styles['now']} ${styles[LOOKS[moment]]}`}>
      <div aria-live="polite" className={styles['moment']}>
        <h1>{title}</h1>
        <span>{hint}</span>
        {order.failure?.reason === 'PAYMENT_DECLINED' && <q>{order.failure.message}</q>}
      </div>
      <Journey order={order} />
      {order.status === 'AWAITING_PAYMENT' && order.reservationExpiresAt !== null && (
        <Countdown since={since} until={order.reservationExpiresAt} />
      )}
      {moment === 'payNow' && <PayPanel order={order} />}
      {moment === 'confirmAtBank' && nextAction !== null && <Bank nextAction={nextAction} />}
      {mayCancel(moment) && <CancelButton orderId={order.id} />}
      {mayReorder(moment) && <ReorderButton orderId={order.id} />}
    </section>
  );
};

interface FollowedOrderProps {
  readonly loaded: LoadedOrder;
  readonly onAgain: () => void;
}

/** An order as its customer sees it, and, beside it, what happens inside. */
export const FollowedOrder = ({ loaded, onAgain }: FollowedOrderProps) => {
  const texts = useTexts(ORDER_TEXTS);
  const { order, steps, live } = useOrder(loaded);
  const [isOpen, setOpen] = useInsideOpen();
  return (
    <div className={isOpen ? styles['both'] : styles['alone']}>
      <div className={styles['front']}>
        {live.kind === 'Failed' && (
          <ErrorNotice title={texts.notLive} action={<Button onClick={onAgain}>{texts.again}</Button>}>
            <RefusalText refusal={failureOf(live.error)} />
          </ErrorNotice>
        )}
        <Now order={order} steps={steps} />
        <Receipt order={order} />
        <InsideToggle isOpen={isOpen} onToggle={setOpen} />
      </div>
      {isOpen && <Inside order={order} steps={steps} isOver={live.kind === 'Ended'} />}
    </div>
  );
};
