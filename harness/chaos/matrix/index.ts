export { MATRIX_USAGE, type MatrixOptions, readMatrixOptions } from './options.ts';
export { earlierResult, endRuns, runSet, type SetRun } from './run-set.ts';
export { type MatrixSet, setsFrom } from './sets.ts';
export { matrixTable } from './table.ts';
