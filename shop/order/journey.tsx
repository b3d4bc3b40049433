import { useTexts } from '../../ui/language/language.tsx';
import styles from './order.module.css';
import { type Shown, STAGES, stagesOf } from './stages.ts';
import { ORDER_TEXTS } from './texts.ts';

const MARKS = { waiting: '', busy: '', done: '✓', failed: '✕', undone: '↩' } as const;

/** How far the order is, as a customer counts. */
export const Journey = ({ order }: { readonly order: Shown }) => {
  const texts = useTexts(ORDER_TEXTS);
  const stages = stagesOf(order);
  return (
    <ol className={styles['journey']}>
      {STAGES.map((stage) => (
        <li key={stage} className={styles[stages[stage]]}>
          <span className={styles['mark']} aria-hidden="true">
            {MARKS[stages[stage]]}
          </span>
          <span className={styles['stage']}>
            <strong>{(stages[stage] === 'failed' ? texts.unmet : texts.stages)[stage]}</strong>
            <small>{texts.states[stages[stage]]}</small>
          </span>
        </li>
      ))}
    </ol>
  );
};
