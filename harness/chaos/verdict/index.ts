export { isToldOwner } from './check-authorisation.ts';
export { type Evidence, gather, type Judged } from './evidence.ts';
export { judge } from './judge.ts';
export type { Violation } from './violation.ts';
