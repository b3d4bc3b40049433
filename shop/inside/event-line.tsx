import type { ShopStepFragment } from '../../ui/generated/operations.ts';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { JsonView } from '../../ui/parts/json-view.tsx';
import styles from './inside.module.css';
import { INSIDE_TEXTS } from './texts.ts';

const BAD: readonly string[] = ['StockReservationFailed', 'PaymentFailed', 'OrderRejected', 'OrderCancelled'];
const GOOD: readonly string[] = ['OrderConfirmed', 'PaymentSucceeded'];
const BACK: readonly string[] = ['StockCompensated', 'PaymentRefunded'];

const lookOf = (type: string): string | undefined => {
  if (BAD.includes(type)) return styles['bad'];
  if (GOOD.includes(type)) return styles['good'];
  return BACK.includes(type) ? styles['back'] : undefined;
};

interface EventLineProps {
  readonly step: ShopStepFragment;
  readonly sinceMs: number;
}

/** One event: what it is, what it means, whose it is, and all that it says. */
export const EventLine = ({ step: { event }, sinceMs }: EventLineProps) => {
  const texts = useTexts(INSIDE_TEXTS);
  const { locale } = useLanguage();
  const ms = new Intl.NumberFormat(locale).format(Date.parse(event.occurredAt) - sinceMs);
  return (
    <li className={lookOf(event.type)}>
      <p className={styles['type']}>
        <code>{event.type}</code>
        <time dateTime={event.occurredAt}>{texts.after(ms)}</time>
      </p>
      {texts.meaning[event.type] !== undefined && <p>{texts.meaning[event.type]}</p>}
      <details>
        <summary>
          <span>{texts.by(event.producerInstance)}</span> {texts.data}
        </summary>
        <JsonView value={event.data} label={event.type} />
      </details>
    </li>
  );
};
