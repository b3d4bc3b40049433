export { Consumer, type ConsumerOptions } from './consumer.ts';
export { openBlockingRedis, openRedis } from './redis.ts';
export { compareEntryIds, handledBelow, trimStream } from './trim.ts';
