import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { type CurveLook, CurvePlot } from './curve-plot.ts';
import styles from './curves.module.css';

export interface Curve {
  readonly name: string;
  readonly look: CurveLook;
  /** One a point, the oldest first. */
  readonly values: readonly number[];
}

interface Points {
  /** When the first point is. */
  readonly fromMs: number;
  readonly stepMs: number;
  readonly curves: readonly Curve[];
}

interface CurvesProps extends Points {
  /** What is seen, for who does not see it. */
  readonly label: string;
}

interface CanvasProps extends Points {
  readonly onPoint: (index: number | null) => void;
}

const DIGITS = { maximumFractionDigits: 2 } as const;

/** Of other looks, or in another language, it is another canvas: give it another key. */
const Canvas = ({ fromMs, stepMs, curves, onPoint }: CanvasProps) => {
  const { locale } = useLanguage();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<CurvePlot>(null);
  // The first is drawn last, above the others: where all are nought, it is the one that is seen.
  const looks = curves
    .map(({ look }) => look)
    .toReversed()
    .join(' ');
  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new CurvePlot(host.current, { looks: looks.split(' ') as CurveLook[], locale, onPoint });
    plot.current = made;
    return () => made.end();
  }, [looks, locale, onPoint]);
  useEffect(() => {
    const seconds = (curves[0]?.values ?? []).map((_, index) => (fromMs + index * stepMs) / 1_000);
    plot.current?.show(seconds, curves.map(({ values }) => values).toReversed());
  }, [curves, fromMs, stepMs]);
  return <div ref={host} aria-hidden className={styles['plot']} />;
};

/** Curves over time, with a legend of the values that are pointed at, else of the last ones. */
export const Curves = ({ label, fromMs, stepMs, curves }: CurvesProps) => {
  const { locale } = useLanguage();
  const [pointed, setPointed] = useState<number | null>(null);
  const last = (curves[0]?.values.length ?? 0) - 1;
  const index = pointed === null || pointed > last ? last : pointed;
  const number = new Intl.NumberFormat(locale, DIGITS);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const key = `${locale} ${curves.map(({ look }) => look).join(' ')}`;
  return (
    <figure className={styles['curves']} aria-label={label}>
      <figcaption className={styles['legend']}>
        {curves.map(({ name, look, values }) => (
          <span key={name} className={`${styles['entry']} ${styles[look]}`}>
            {name} <strong>{number.format(values[index] ?? 0)}</strong>
          </span>
        ))}
        {last >= 0 && <span className={styles['time']}>{time.format(fromMs + index * stepMs)}</span>}
      </figcaption>
      <Canvas key={key} fromMs={fromMs} stepMs={stepMs} curves={curves} onPoint={setPointed} />
    </figure>
  );
};
