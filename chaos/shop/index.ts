export { flyCanary } from './canary.ts';
export { ask } from './client.ts';
export { answerOf, type Command, isUnknown, subjectOf } from './history.ts';
export type { Intrusion } from './intruder.ts';
export { CART_FIELDS, type CartAnswer, type CartLine, type OrderAnswer } from './operation.ts';
export { resolveUnknown } from './resolve.ts';
export { WORKLOADS, type Workload } from './shelf.ts';
export { type Audited, Shop } from './shop.ts';
export type { Update, Watch } from './watcher.ts';
