export { Batches } from './batches.ts';
export type { EventSeen, Evidence, OrderSeen } from './evidence.ts';
export { refOf } from './evidence.ts';
export { type Broken, countUntouched, judge, RULES } from './judge.ts';
export { type Kill, Losses } from './losses.ts';
