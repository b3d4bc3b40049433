export { Progress } from './progress.ts';
export { percentile, type Result, voidReasons } from './result.ts';
export { duration, tableOf, verdictOf } from './table.ts';
