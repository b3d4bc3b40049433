import { useTexts } from '../../../ui/language/language.tsx';
import { useNowMs } from '../../../ui/time/clock.ts';
import { countdownText } from '../../../ui/time/countdown.ts';
import styles from './saga.module.css';
import { SAGA_TEXTS } from './texts.ts';

interface ReservationClockProps {
  /** When the stock was reserved; null where that is not known. */
  readonly fromMs: number | null;
  readonly untilMs: number;
}

/** How long the stock is still held for who has not paid, as it runs down. */
export const ReservationClock = ({ fromMs, untilMs }: ReservationClockProps) => {
  const texts = useTexts(SAGA_TEXTS);
  const nowMs = useNowMs();
  const leftMs = Math.max(0, untilMs - nowMs);
  const wholeMs = fromMs === null ? leftMs : Math.max(1, untilMs - fromMs);
  return (
    <p className={styles['clock']}>
      <span>
        {texts.reservation} <strong>{leftMs === 0 ? texts.over : countdownText(leftMs)}</strong>
      </span>
      <progress value={leftMs} max={wholeMs} aria-label={texts.reservation} />
    </p>
  );
};
