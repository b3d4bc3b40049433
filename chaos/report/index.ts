export { Progress } from './progress.ts';
export { percentile, type Result, voidReasons } from './result.ts';
export { tableOf } from './table.ts';
