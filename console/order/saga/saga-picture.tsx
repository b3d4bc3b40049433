import { useEffect, useRef } from 'react';
import { useLanguage, useTexts } from '../../../ui/language/language.tsx';
import { useWidth } from '../../../ui/parts/use-width.ts';
import { useNowMs } from '../../../ui/time/clock.ts';
import { countdownText } from '../../../ui/time/countdown.ts';
import { durationIn } from '../../../ui/time/duration.ts';
import { type Direction, drawingOf, LANE } from './drawing.ts';
import type { Glyph } from './glyphs.ts';
import { lanesOf, PROVIDER_LANE } from './lanes.ts';
import { GlyphMark, PendingMark } from './marks.tsx';
import styles from './saga-picture.module.css';
import { SAGA_TEXTS } from './texts.ts';
import type { Pending } from './waits.ts';

interface SagaPictureProps {
  readonly glyphs: readonly Glyph[];
  /** What is waited for, since when, and until when at the longest. */
  readonly waits: { readonly pending: Pending; readonly sinceMs: number; readonly untilMs: number | null } | null;
  /** How many steps there are. */
  readonly count: number;
  /** Up to which step the order is shown; null: as it is now. */
  readonly revision: number | null;
  readonly selected: number | null;
  readonly onSelect: (revision: number) => void;
}

/** Narrower, time goes down. */
const NARROW = 640;
const GUTTER = 190;

const usePendingLines = (waits: SagaPictureProps['waits'], nowMs: number): readonly string[] => {
  const { locale } = useLanguage();
  const texts = useTexts(SAGA_TEXTS);
  if (waits === null) return [];
  const { pending, sinceMs, untilMs } = waits;
  // To the second, at least one: milliseconds that change each second are noise.
  const waited = Math.max(1_000, Math.floor((nowMs - sinceMs) / 1_000) * 1_000);
  const lines = [texts.waits[pending.for], texts.since(durationIn(waited, locale))];
  return untilMs === null ? lines : [...lines, `${texts.reservation} ${countdownText(untilMs - nowMs)}`];
};

const isWithin = (revision: number | null, { first, last }: Glyph): boolean =>
  revision !== null && revision >= first && revision <= last;

/** The saga as a picture: a lane a service, time along it, arrows from causes to what follows. Clicked, a step is selected. */
export const SagaPicture = ({ glyphs, waits, count, revision, selected, onSelect }: SagaPictureProps) => {
  const texts = useTexts(SAGA_TEXTS);
  const nowMs = useNowMs();
  const [frame, width] = useWidth<HTMLElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = usePendingLines(waits, nowMs);
  const direction: Direction = (width ?? NARROW) < NARROW ? 'Down' : 'Across';
  const lanes = lanesOf([...glyphs.map(({ lane }) => lane), ...(waits === null ? [] : [waits.pending.lane])]);
  const drawing = drawingOf({
    glyphs,
    lanes,
    direction,
    pending: waits?.pending ?? null,
    waitedMs: waits === null ? 0 : Math.max(0, nowMs - waits.sinceMs),
    room: (width ?? NARROW) - (direction === 'Across' ? GUTTER : 0),
  });
  const end = glyphs.at(-1)?.last;
  useEffect(() => {
    // What comes, comes at the end.
    if (end !== undefined) scroller.current?.scrollTo({ left: scroller.current.scrollWidth });
  }, [end]);
  const isLater = (first: number): boolean => revision !== null && first > revision;
  const nameOf = (lane: string): string => (lane === PROVIDER_LANE ? texts.provider : lane);
  return (
    <figure ref={frame} className={`${styles['picture']} ${styles[direction]}`} aria-label={texts.picture(count)}>
      <ul className={styles['lanes']} aria-hidden="true">
        {lanes.map((lane) => (
          <li key={lane} style={direction === 'Across' ? { height: LANE } : {}}>
            {nameOf(lane)}
          </li>
        ))}
      </ul>
      {width !== null && (
        <div ref={scroller} className={styles['scroller']}>
          <svg width={drawing.width} height={drawing.height} aria-hidden="true">
            <defs>
              <marker
                id="arrow-head"
                viewBox="0 0 8 8"
                refX="6"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
              >
                <path d="M0 0 8 4 0 8z" className={styles['head']} />
              </marker>
            </defs>
            {drawing.lines.map(({ lane, from, to }) => (
              <line key={lane} className={styles['lane']} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
            ))}
            {drawing.arrows.map(({ to, path }) => (
              <path
                key={to}
                className={`${styles['arrow']} ${isLater(to) ? styles['later'] : ''}`}
                d={path}
                markerEnd="url(#arrow-head)"
              />
            ))}
            {drawing.marks.map((mark) => (
              <GlyphMark
                key={mark.glyph.first}
                mark={mark}
                drawing={drawing}
                isSelected={isWithin(selected, mark.glyph)}
                isLater={isLater(mark.glyph.first)}
                onSelect={onSelect}
              />
            ))}
            <PendingMark drawing={drawing} lines={lines} />
          </svg>
        </div>
      )}
    </figure>
  );
};
