import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTexts } from '../../../ui/language/language.tsx';
import { byEventId, loadedIn, type Step, type Steps } from '../saga/steps.ts';
import { SAGA_TEXTS } from '../saga/texts.ts';
import { rowsOf, shownRows } from './rows.ts';
import { StepDetail } from './step-detail.tsx';
import styles from './step-list.module.css';
import { StepRow } from './step-row.tsx';
import { useFocusRow } from './use-focus-row.ts';
import { useScrolled } from './use-scrolled.ts';

interface StepListProps {
  readonly orderId: string;
  readonly steps: Steps;
  /** Technical steps that are not shown. */
  readonly hidden: ReadonlySet<number>;
  /** The step that is open; null: none. */
  readonly selected: number | null;
  readonly onSelect: (revision: number | null) => void;
  /** Up to which step the order is shown; null: as it is now. */
  readonly revision: number | null;
  readonly onShowThen: (revision: number) => void;
  /** The first step that is looked at. */
  readonly onLook: (revision: number) => void;
}

const ROW = 44;
const NARROW_ROW = 66;
const NARROW = 760;
/** So many rows have all the room that they need; of more, the list scrolls in itself, and those that are seen are drawn. */
const SHORT = 16;

/** How high the details of the open row are, as they come. */
const useHeight = () => {
  const [height, setHeight] = useState(0);
  const observer = useRef<ResizeObserver>(null);
  const measure = (element: HTMLDivElement | null): void => {
    observer.current?.disconnect();
    if (element === null) return;
    observer.current = new ResizeObserver(([entry]) => {
      const measured = entry?.borderBoxSize[0]?.blockSize;
      if (measured !== undefined) setHeight(measured);
    });
    observer.current.observe(element);
  };
  return [height, measure] as const;
};

const useRelated = (steps: Steps, selected: Step | undefined) =>
  useMemo(() => {
    if (selected === undefined) return { cause: undefined, effects: [] };
    const { eventId, causationId } = selected.event;
    const effects = loadedIn(steps).filter(({ event }) => event.causationId === eventId);
    return { cause: byEventId(steps).get(causationId ?? ''), effects: effects.slice(0, 20) };
  }, [steps, selected]);

/** All steps of an order, in the order of their revisions: what the picture says, in words, and their events. */
export const StepList = (props: StepListProps) => {
  const { orderId, steps, hidden, selected, onSelect, revision, onShowThen, onLook } = props;
  const texts = useTexts(SAGA_TEXTS);
  const { ref, width, scrollTop, viewHeight } = useScrolled();
  const [height, measure] = useHeight();
  const rowHeight = width < NARROW ? NARROW_ROW : ROW;
  const rows = useMemo(() => rowsOf(steps, hidden), [steps, hidden]);
  const index = selected === null ? -1 : rows.indexOf(selected);
  const opened = index === -1 ? null : { index, height };
  const shown = shownRows({ count: rows.length, rowHeight, opened, scrollTop, viewHeight });
  const { stop, focus, onKeyDown } = useFocusRow({ scroller: ref, rows, rowHeight, opened });
  const related = useRelated(steps, selected === null ? undefined : steps[selected - 1]);
  const reveal = useEffectEvent((chosen: number | null) => (chosen === null ? undefined : focus(chosen)));
  useEffect(() => reveal(selected), [selected]);
  const first = rows[shown.from] ?? 1;
  useEffect(() => onLook(first), [first, onLook]);
  const startMs = Date.parse(steps[0]?.event.occurredAt ?? '');
  return (
    <div ref={ref} className={`${styles['scroller']} ${rows.length > SHORT ? styles['long'] : ''}`}>
      <ol aria-label={texts.steps} style={{ paddingTop: shown.above, paddingBottom: shown.below }}>
        {rows.slice(shown.from, shown.to).map((each, nth) => (
          <li key={each} aria-setsize={rows.length} aria-posinset={shown.from + nth + 1}>
            <StepRow
              revision={each}
              step={steps[each - 1]}
              statusBefore={steps[each - 2]?.status}
              startMs={startMs}
              height={rowHeight}
              isOpen={each === selected}
              isLater={revision !== null && each > revision}
              isStop={each === stop}
              onToggle={() => onSelect(each === selected ? null : each)}
              onKeyDown={onKeyDown}
            />
            {each === selected && steps[each - 1] !== undefined && (
              <div ref={measure}>
                <StepDetail
                  orderId={orderId}
                  step={steps[each - 1] as Step}
                  {...related}
                  onSelect={onSelect}
                  onShowThen={() => onShowThen(each)}
                />
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
};
