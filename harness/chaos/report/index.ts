export { unrecovered } from './aftermath.ts';
export { foreignFiguresOf } from './foreign-figures.ts';
export { happenedIn } from './happened.ts';
export { Progress } from './progress.ts';
export { recoveryByKind, recoveryOf } from './recovery.ts';
export type { Result } from './result.ts';
export { duration, tableOf, verdictOf } from './table.ts';
export { voidReasons } from './void.ts';
