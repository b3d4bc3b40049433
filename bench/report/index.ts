export { markdownOf } from './markdown.ts';
export { describeMachine } from './report.ts';
export { writeReport } from './write-report.ts';
