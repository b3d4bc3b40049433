import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export type CurveLook = 'busy' | 'good' | 'warn' | 'bad';

interface Plotting {
  readonly looks: readonly CurveLook[];
  readonly locale: string;
  /** Told which point is pointed at; null: none is. */
  readonly onPoint: (index: number | null) => void;
}

const HEIGHT_PX = 220;
const LEAST_WIDTH_PX = 200;
/** Half of the longest time of day: that of the last point stands half beyond it. */
const END_PX = 40;

type Token = CurveLook | 'line' | 'muted';

/** A canvas knows no tokens: what the theme makes of one, now. */
const colourOf = (element: HTMLElement, token: Token): string => {
  element.style.color = `var(--${token})`;
  const { color } = getComputedStyle(element);
  element.style.color = '';
  return color;
};

const axis = (host: HTMLElement, rest: uPlot.Axis): uPlot.Axis => ({
  stroke: () => colourOf(host, 'muted'),
  grid: { stroke: () => colourOf(host, 'line'), width: 1 },
  ticks: { show: false },
  font: '12px system-ui, sans-serif',
  ...rest,
});

const timesIn = (locale: string): uPlot.Axis.DynamicValues => {
  const minutes = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const seconds = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return (...[, splits, , , incrementSeconds]) =>
    splits.map((second) => (incrementSeconds < 60 ? seconds : minutes).format(second * 1_000));
};

const optionsOf = (host: HTMLElement, { looks, locale, onPoint }: Plotting): uPlot.Options => {
  const number = new Intl.NumberFormat(locale);
  return {
    width: Math.max(host.clientWidth, LEAST_WIDTH_PX),
    height: HEIGHT_PX,
    padding: [null, END_PX, null, null],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    // From nought up: a curve that is cut off below makes a mountain of a ripple.
    scales: { y: { range: (_self, _least, most) => [0, Math.max(1, most * 1.1)] } },
    axes: [
      axis(host, { values: timesIn(locale), space: 90, size: 34 }),
      axis(host, { values: (_self, splits) => splits.map((each) => number.format(each)), size: 44 }),
    ],
    series: [{}, ...looks.map((look) => ({ stroke: () => colourOf(host, look), width: 2, points: { show: false } }))],
    hooks: { setCursor: [({ cursor: { idx } }) => onPoint(idx ?? null)] },
  };
};

/** Draws curves into an element, as wide as it is and in the colours of the theme, until it is ended. */
export class CurvePlot {
  readonly #plot: uPlot;
  readonly #resizes: ResizeObserver;
  readonly #ended = new AbortController();
  readonly #themes: MutationObserver;

  constructor(host: HTMLElement, plotting: Plotting) {
    const plot = new uPlot(optionsOf(host, plotting), [[], ...plotting.looks.map(() => [])], host);
    this.#plot = plot;
    this.#resizes = new ResizeObserver(() =>
      plot.setSize({ width: Math.max(host.clientWidth, LEAST_WIDTH_PX), height: HEIGHT_PX }),
    );
    this.#resizes.observe(host);
    const redraw = (): void => plot.redraw();
    this.#themes = new MutationObserver(redraw);
    this.#themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const { signal } = this.#ended;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw, { signal });
  }

  /** Seconds since the epoch, and the values of each curve at each of them. */
  show(seconds: readonly number[], curves: readonly (readonly number[])[]): void {
    this.#plot.setData([[...seconds], ...curves.map((values) => [...values])]);
  }

  end(): void {
    this.#resizes.disconnect();
    this.#themes.disconnect();
    this.#ended.abort();
    this.#plot.destroy();
  }
}
