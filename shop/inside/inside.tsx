import type { ShopOrderFragment, ShopStepFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { EventLine } from './event-line.tsx';
import styles from './inside.module.css';
import { StockMeanwhile } from './stock-meanwhile.tsx';
import { INSIDE_TEXTS } from './texts.ts';

interface InsideProps {
  readonly order: ShopOrderFragment;
  readonly steps: readonly ShopStepFragment[];
  /** Whether nothing more can come. */
  readonly isOver: boolean;
}

/** The saga of an order as it goes: its events, and the stock that it moves. */
export const Inside = ({ order, steps, isOver }: InsideProps) => {
  const texts = useTexts(INSIDE_TEXTS);
  const firstMs = Date.parse(steps[0]?.event.occurredAt ?? order.createdAt);
  return (
    <aside className={styles['inside']} aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className={styles['hint']}>{texts.hint}</p>
      <ol className={styles['events']} aria-label={texts.events}>
        {steps.map((step) => (
          <EventLine key={step.revision} step={step} sinceMs={firstMs} />
        ))}
      </ol>
      <p className={isOver ? styles['over'] : styles['waiting']}>{isOver ? texts.over : texts.waiting}</p>
      <StockMeanwhile lines={order.lines} />
      <a href={`/console/orders/${order.id}`}>{texts.console}</a>
    </aside>
  );
};
