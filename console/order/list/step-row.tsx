import type { KeyboardEvent } from 'react';
import { useLanguage, useTexts } from '../../../ui/language/language.tsx';
import { StatusBadge } from '../../../ui/parts/status-badge.tsx';
import { durationIn } from '../../../ui/time/duration.ts';
import { ORDER_LANE, STOCK_LANE, serviceOf } from '../saga/lanes.ts';
import { lookOf } from '../saga/looks.ts';
import type { Step } from '../saga/steps.ts';
import { SAGA_TEXTS, STEP_MEANINGS } from '../saga/texts.ts';
import styles from './step-list.module.css';

export interface StepRowProps {
  readonly revision: number;
  /** Undefined while it is loaded. */
  readonly step: Step | undefined;
  /** Of the step before; undefined where there is none, or it is not known. */
  readonly statusBefore: Step['status'] | undefined;
  readonly startMs: number;
  readonly isOpen: boolean;
  readonly isLater: boolean;
  /** Whether the tabulator key stops here: at one row of all. */
  readonly isStop: boolean;
  readonly height: number;
  readonly onToggle: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
}

const clockText = (atMs: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(atMs);

const Content = ({
  step,
  statusBefore,
  startMs,
}: { readonly step: Step } & Pick<StepRowProps, 'statusBefore' | 'startMs'>) => {
  const { locale } = useLanguage();
  const { event, status } = step;
  const meanings = useTexts(STEP_MEANINGS);
  const { unchanged } = useTexts(SAGA_TEXTS);
  const service = serviceOf(event.producerInstance);
  const isOthers = service !== ORDER_LANE && service !== STOCK_LANE;
  const atMs = Date.parse(event.occurredAt);
  return (
    <>
      <span className={`${styles['dot']} ${styles[lookOf(event.type)]}`} aria-hidden="true" />
      <span className={styles['what']}>
        <strong>{event.type}</strong>{' '}
        <small>{isOthers && status === statusBefore ? unchanged : meanings[event.type]}</small>
      </span>
      <span className={styles['who']}>{service}</span>
      <span className={styles['status']}>{status !== statusBefore && <StatusBadge status={status} />}</span>
      <time className={styles['when']} dateTime={event.occurredAt}>
        {clockText(atMs, locale)} <small>+{durationIn(atMs - startMs, locale)}</small>
      </time>
    </>
  );
};

/** A step in a line: opened, it shows its event. */
export const StepRow = (props: StepRowProps) => {
  const { revision, step, statusBefore, startMs, isOpen, isLater, isStop } = props;
  const texts = useTexts(SAGA_TEXTS);
  return (
    <button
      type="button"
      id={`step-${revision}`}
      data-revision={revision}
      className={`${styles['row']} ${isLater ? styles['later'] : ''}`}
      aria-expanded={isOpen}
      tabIndex={isStop ? 0 : -1}
      style={{ height: props.height }}
      onClick={props.onToggle}
      onKeyDown={props.onKeyDown}
    >
      <span className={styles['number']}>{revision}</span>
      {step === undefined ? (
        <span className={styles['what']}>{texts.reading}</span>
      ) : (
        <Content step={step} statusBefore={statusBefore} startMs={startMs} />
      )}
    </button>
  );
};
