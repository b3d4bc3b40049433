export { busProblems } from './check.ts';
export { Consumer, type ConsumerOptions } from './consumer.ts';
export { type Handle, isPassing } from './process-batch.ts';
export { openBlockingRedis, openRedis } from './redis.ts';
export { compareEntryIds, handledBelow, trimStream } from './trim.ts';
