export { busProblems } from './check.ts';
export { Consumer, type ConsumerOptions } from './consumer.ts';
export type { Handle } from './process-batch.ts';
export {
  addAgain,
  type DeadLetterState,
  findDeadLetter,
  type KeptDeadLetter,
  settleDeadLetter,
} from './repair.ts';
export { openRedis } from './redis.ts';
export { compareEntryIds, handledBelow, trimStream } from './trim.ts';
