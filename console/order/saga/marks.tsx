import type { MouseEvent } from 'react';
import { useLanguage, useTexts } from '../../../ui/language/language.tsx';
import { durationIn } from '../../../ui/time/duration.ts';
import type { Drawing, Mark } from './drawing.ts';
import { lookOf } from './looks.ts';
import styles from './saga-picture.module.css';
import { SAGA_TEXTS } from './texts.ts';

interface GlyphMarkProps {
  readonly mark: Mark;
  readonly drawing: Pick<Drawing, 'direction' | 'startMs'>;
  readonly isSelected: boolean;
  /** Later than what is shown. */
  readonly isLater: boolean;
  readonly onSelect: (revision: number) => void;
}

const Shape = ({ mark: { glyph, x, y } }: Pick<GlyphMarkProps, 'mark'>) => {
  if (glyph.kind === 'Step') return <circle cx={x} cy={y} r={8} />;
  return <rect x={x - 14} y={y - 8} width={28} height={16} rx={8} />;
};

/** A step, or a burst of them: to be pointed at. Who has no pointer finds it in the list. */
export const GlyphMark = ({ mark, drawing, isSelected, isLater, onSelect }: GlyphMarkProps) => {
  const { locale } = useLanguage();
  const texts = useTexts(SAGA_TEXTS);
  const { glyph, label } = mark;
  const select = (event: MouseEvent): void => {
    event.preventDefault();
    onSelect(glyph.first);
  };
  const count = glyph.count.toLocaleString(locale);
  const name =
    glyph.kind === 'Gap' ? texts.gap(count) : `${glyph.type} ${glyph.kind === 'Burst' ? texts.burst(count) : ''}`;
  const isAcross = drawing.direction === 'Across';
  const look = [
    styles['mark'],
    styles[lookOf(glyph.type)],
    styles[glyph.kind],
    isSelected && styles['selected'],
    isLater && styles['later'],
  ];
  return (
    <a href={`#step-${glyph.first}`} tabIndex={-1} onClick={select} className={look.filter(Boolean).join(' ')}>
      <rect
        className={styles['target']}
        x={mark.x - (isAcross ? 24 : 20)}
        y={mark.y - (isAcross ? 30 : 20)}
        width={isAcross ? 48 : 300}
        height={isAcross ? 56 : 40}
      />
      <Shape mark={mark} />
      <text x={label.x} y={isAcross ? label.y : label.y - 3} textAnchor={isAcross ? 'middle' : 'start'}>
        {name}
      </text>
      {glyph.kind !== 'Gap' && (
        <text
          className={styles['when']}
          x={label.x}
          y={isAcross ? mark.y + 24 : mark.y + 13}
          textAnchor={isAcross ? 'middle' : 'start'}
        >
          +{durationIn(glyph.atMs - drawing.startMs, locale)}
        </text>
      )}
    </a>
  );
};

interface PendingMarkProps {
  readonly drawing: Drawing;
  /** What is waited for, and for how long. */
  readonly lines: readonly string[];
}

/** The step that has not come. */
export const PendingMark = ({ drawing: { pending, direction, lines: lanes }, lines }: PendingMarkProps) => {
  if (pending === null) return null;
  const x = direction === 'Across' ? pending.x + 18 : 20 + lanes.length * 28 - 8;
  return (
    <g className={styles['pending']}>
      <path d={pending.way} />
      <circle cx={pending.x} cy={pending.y} r={8} />
      {lines.map((line, nth) => (
        <text key={line} x={x} y={pending.y - 2 + nth * 15} className={nth === 0 ? '' : styles['when']}>
          {line}
        </text>
      ))}
    </g>
  );
};
