import { useId, useMemo, useState } from 'react';
import { useTexts } from '../../../ui/language/language.tsx';
import { EmptyState } from '../../../ui/parts/notice.tsx';
import { StepList } from '../list/step-list.tsx';
import type { ShownOrder } from '../order-state.ts';
import { glyphsOf } from './glyphs.ts';
import { businessIn } from './lanes.ts';
import { ReservationClock } from './reservation-clock.tsx';
import { RevisionSlider } from './revision-slider.tsx';
import styles from './saga.module.css';
import { SagaPicture } from './saga-picture.tsx';
import { loadedIn, type Step, type Steps } from './steps.ts';
import { SAGA_TEXTS } from './texts.ts';
import { pendingOf } from './waits.ts';

interface SagaSectionProps {
  readonly order: ShownOrder;
  /** Nothing more can come. */
  readonly isOver: boolean;
  readonly revision: number | null;
  readonly onRevision: (revision: number | null) => void;
  readonly selected: number | null;
  readonly onSelect: (revision: number | null) => void;
  readonly onLook: (revision: number) => void;
}

const technicalIn = (steps: Steps): ReadonlySet<number> => {
  const loaded = loadedIn(steps);
  const business = businessIn(loaded);
  return new Set(loaded.filter((step) => !business.has(step)).map(({ revision }) => revision));
};

const NONE: ReadonlySet<number> = new Set();

const lastTimeOf = (steps: readonly Step[]): number =>
  steps.reduce((latest, { event }) => Math.max(latest, Date.parse(event.occurredAt)), 0);

const waitsOf = ({ head, steps }: ShownOrder, isOver: boolean) => {
  const pending = pendingOf(head, isOver);
  if (pending === null) return null;
  const until = head.reservationExpiresAt;
  return { pending, sinceMs: lastTimeOf(loadedIn(steps)), untilMs: until === null ? null : Date.parse(until) };
};

/** The saga: as a picture, at any revision, and as a list. */
export const SagaSection = (props: SagaSectionProps) => {
  const { order, isOver, revision, onRevision, selected, onSelect } = props;
  const { head, steps } = order;
  const texts = useTexts(SAGA_TEXTS);
  const id = useId();
  const [isTechnicalShown, showTechnical] = useState(false);
  const technical = useMemo(() => technicalIn(steps), [steps]);
  const glyphs = useMemo(() => glyphsOf(steps, isTechnicalShown ? 'All' : 'Business'), [steps, isTechnicalShown]);
  const waits = useMemo(() => (revision === null ? waitsOf(order, isOver) : null), [order, isOver, revision]);
  const select = (chosen: number | null): void => {
    if (chosen !== null && technical.has(chosen)) showTechnical(true);
    onSelect(chosen);
  };
  const reserved = loadedIn(steps).find(({ event }) => event.type === 'StockReserved');
  if (steps.length === 0) return <EmptyState title={texts.noSteps} />;
  return (
    <section aria-labelledby={id} className={styles['saga']}>
      <header className={styles['bar']}>
        <h2 id={id}>{texts.saga}</h2>
        {technical.size > 0 && (
          <label className={styles['switch']}>
            <input
              type="checkbox"
              checked={isTechnicalShown}
              onChange={({ target }) => showTechnical(target.checked)}
            />
            {texts.technical} ({technical.size})
          </label>
        )}
        {head.reservationExpiresAt !== null && revision === null && (
          <ReservationClock
            fromMs={reserved === undefined ? null : Date.parse(reserved.event.occurredAt)}
            untilMs={Date.parse(head.reservationExpiresAt)}
          />
        )}
      </header>
      <SagaPicture
        glyphs={glyphs}
        waits={waits}
        count={steps.length}
        revision={revision}
        selected={selected}
        onSelect={select}
      />
      <RevisionSlider last={steps.length} revision={revision} onRevision={onRevision} />
      <h2>{texts.steps}</h2>
      <StepList
        orderId={head.id}
        steps={steps}
        hidden={isTechnicalShown ? NONE : technical}
        selected={selected}
        onSelect={select}
        revision={revision}
        onShowThen={(then) => onRevision(then === steps.length ? null : then)}
        onLook={props.onLook}
      />
    </section>
  );
};
