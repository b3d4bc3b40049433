import { Link } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import { When } from '../../ui/time/when.tsx';
import type { Letter } from '../dead-letters/letter.ts';
import { useMay } from '../sign-in/viewer-context.ts';
import styles from './stuck-orders.module.css';
import { TEXTS } from './texts.ts';
import { type Reader, triedAgain } from './tried-again.ts';
import type { StuckOrder } from './use-stuck-orders.ts';
import { waitsFor } from './waits-for.ts';

interface HeldUpProps {
  readonly letter: Letter;
  readonly isBusy: boolean;
  readonly onRetry: () => void;
}

const HeldUp = ({ letter, isBusy, onRetry }: HeldUpProps) => {
  const texts = useTexts(TEXTS);
  const may = useMay('repair');
  return (
    <div className={styles['letter']}>
      <p>
        {texts.letter(letter.consumerGroup)} <code className={styles['error']}>{letter.error}</code>
      </p>
      {may ? (
        <Button look="primary" disabled={isBusy} onClick={onRetry}>
          {texts.retry}
        </Button>
      ) : (
        <p>{texts.mayNotRepair}</p>
      )}
    </div>
  );
};

interface StuckOrderItemProps {
  readonly order: StuckOrder;
  /** Null: none that is known holds it up. */
  readonly letter: Letter | null;
  readonly readers: readonly Reader[];
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly onRetry: (letter: Letter) => void;
  readonly onCancel: () => void;
}

/** An order that does not move on: since when, what it waits for, and what can be done about it. */
export const StuckOrderItem = (props: StuckOrderItemProps) => {
  const { order, letter, readers, isBusy, refusal, onRetry, onCancel } = props;
  const texts = useTexts(TEXTS);
  const mayCancel = useMay('orders:write') && (order.status === 'PENDING' || order.status === 'AWAITING_PAYMENT');
  const what = waitsFor(order);
  const tried = triedAgain(readers, what);
  return (
    <li className={styles['order']}>
      <div className={styles['head']}>
        <Link href={`/orders/${order.id}`}>
          <code>{order.id}</code>
        </Link>
        <StatusBadge status={order.status} />
        <Amount money={order.totalAmount} />
        <span className={styles['since']}>
          {texts.since} <When at={order.updatedAt} />
        </span>
      </div>
      <p>
        <strong>{texts.waitsFor[what]}.</strong>{' '}
        {letter === null && (tried === null ? texts.lookAt[what] : texts.triedAgain(tried))}
      </p>
      {letter !== null && <HeldUp letter={letter} isBusy={isBusy} onRetry={() => onRetry(letter)} />}
      {refusal !== null && (
        <p role="alert" className={styles['error']}>
          {refusal}
        </p>
      )}
      {mayCancel && (
        <Button look="danger" disabled={isBusy} onClick={onCancel} className={styles['cancel'] ?? ''}>
          {texts.cancel}
        </Button>
      )}
    </li>
  );
};
