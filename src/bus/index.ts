export { hasHandled, isGroupBehind, newestEntryId } from './behind.ts';
export { busProblems, busServerProblems } from './check.ts';
export { IDENTITY_KEY } from './claim.ts';
export { endsSoon } from './cluster/ends-soon.ts';
export { mastersOf, reachAnyMaster } from './cluster/masters-of.ts';
export { hasSeveralMasters, isOfOneMaster } from './cluster/of-one-master.ts';
export { Consumer } from './consumer.ts';
export { copyBusUsers } from './copy-users.ts';
export { type DeadLetter, withoutDeadLetters } from './dead-letters.ts';
export type { Handle } from './delivery.ts';
export { causeOf } from './delivery-spans.ts';
export { type Forgeries, forgeriesIn } from './forgeries.ts';
export { type GroupState, groupStates } from './group-states.ts';
export type { LeaseTable } from './leases/index.ts';
export { LeasedShare } from './leases/index.ts';
export type { OwnedRedis } from './owned-redis.ts';
export { belongsToAnother, ForeignRedis, type FoundPublication, type MarkPlace, Ownership } from './ownership.ts';
export { openOwnedRedis, openRedis, type RedisServer, serversBehind } from './redis.ts';
export { RedisAway } from './redis-away.ts';
export { openRedisStreamGroup } from './redis-stream-group.ts';
export {
  addAgain,
  type DeadLetterState,
  findDeadLetter,
  type KeptDeadLetter,
  type Settlement,
  settleDeadLetter,
} from './repair.ts';
export { tellRouting, toldRouting } from './routing-key.ts';
export { type Persistence, type RedisServerState, redisServerState } from './server-state.ts';
export type { Share } from './share.ts';
export { SharedEntries } from './shared-entries.ts';
export { startConsumer } from './start-consumer.ts';
export type { Membership, Pending, StreamEntry, StreamGroup } from './stream-group.ts';
export { newestTimeline, takeTimeline, toldTimeline } from './timeline.ts';
export { compareEntryIds, handledBelow, strangersBehind, trimStream } from './trim.ts';
export { type BusUser, busUser, makeBusUsers, RATE_KEYS } from './users.ts';
