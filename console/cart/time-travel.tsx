import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { ExactTime } from '../../ui/time/exact-time.tsx';
import { When } from '../../ui/time/when.tsx';
import styles from './cart.module.css';
import type { Moment } from './changes.ts';
import { TEXTS } from './texts.ts';

interface TimeTravelProps {
  readonly moments: readonly Moment[];
  /** Which one is shown; the last one, when it is as it is now. */
  readonly index: number;
  readonly isNow: boolean;
  /** Null: to what is, and stays with it. */
  readonly onGo: (moment: Moment | null) => void;
}

/** Goes through a cart's history, moment by moment. */
export const TimeTravel = ({ moments, index, isNow, onGo }: TimeTravelProps) => {
  const texts = useTexts(TEXTS);
  const last = moments.length - 1;
  const go = (to: number): void => onGo(to >= last ? null : (moments[to] ?? null));
  const moment = moments[index];
  return (
    <div className={styles['travel']}>
      <Button disabled={index <= 0} onClick={() => go(index - 1)}>
        {texts.earlier}
      </Button>
      <input
        type="range"
        aria-label={texts.change}
        aria-valuetext={texts.ofMoments(index + 1, moments.length)}
        min={0}
        max={Math.max(last, 0)}
        value={index}
        onChange={({ target }) => go(target.valueAsNumber)}
      />
      <Button disabled={isNow} onClick={() => go(index + 1)}>
        {texts.later}
      </Button>
      <Button look={isNow ? 'plain' : 'primary'} disabled={isNow} onClick={() => onGo(null)}>
        {texts.now}
      </Button>
      <output className={isNow ? styles['live'] : styles['past']}>
        {isNow ? texts.live : texts.asItWas} · {texts.ofMoments(index + 1, moments.length)}
        {moment !== undefined && (
          <>
            {' · '}
            <ExactTime at={moment.at} /> (<When at={moment.at} />)
          </>
        )}
      </output>
    </div>
  );
};
