export { isToldOwner } from './check-authorisation.ts';
export { type Evidence, gather } from './evidence.ts';
export { judge } from './judge.ts';
export type { Violation } from './violation.ts';
