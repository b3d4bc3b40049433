export { digits } from './digits.ts';
export { markdownOf } from './markdown.ts';
export { describeMachine } from './report.ts';
export { type Plot, type PlotPoint, svgOf } from './svg.ts';
export { writeReport } from './write-report.ts';
