import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

export interface PlotPoint {
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

export interface Plot {
  readonly title: string;
  readonly x: { readonly title: string; readonly scale: 'linear' | 'log' };
  readonly y: { readonly title: string; readonly scale: 'linear' | 'log' };
  readonly points: readonly PlotPoint[];
}

const WIDTH = 720;
const HEIGHT = 360;

const specOf = ({ title, x, y, points }: Plot): TopLevelSpec => ({
  title,
  width: WIDTH,
  height: HEIGHT,
  background: 'white',
  data: { values: points.map((point) => ({ ...point })) },
  mark: { type: 'line', point: true },
  encoding: {
    x: { field: 'x', type: 'quantitative', title: x.title, scale: { type: x.scale } },
    y: { field: 'y', type: 'quantitative', title: y.title, scale: { type: y.scale } },
    color: { field: 'series', type: 'nominal', title: null, legend: { labelLimit: 0 } },
  },
});

/** A line for each series, as an SVG document. */
export const svgOf = async (plot: Plot): Promise<string> => {
  const view = new View(parse(compile(specOf(plot)).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
};
