import { useTexts } from '../../ui/language/language.tsx';
import { useNowMs } from '../../ui/time/clock.ts';
import { clockOf } from './clock.ts';
import styles from './order.module.css';
import { ORDER_TEXTS } from './texts.ts';

interface CountdownProps {
  /** ISO 8601. */
  readonly since: string;
  readonly until: string;
}

/** How long the reservation holds, running down. */
export const Countdown = ({ since, until }: CountdownProps) => {
  const texts = useTexts(ORDER_TEXTS);
  const nowMs = useNowMs();
  const leftMs = Date.parse(until) - nowMs;
  const text = leftMs > 0 ? texts.clock(clockOf(leftMs)) : texts.clockOver;
  return (
    <div className={styles['countdown']}>
      <span role="timer">{text}</span>
      <progress max={Date.parse(until) - Date.parse(since)} value={Math.max(0, leftMs)} aria-label={text} />
    </div>
  );
};
