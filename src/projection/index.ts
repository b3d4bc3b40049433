export { aggregateIds, byAggregate, isOf } from './batch.ts';
export { MOST, type OfLayout, readDivided } from './divided.ts';
export {
  countFollowing,
  eventsAt,
  eventsFollowing,
  type Followed,
  type Following,
  limitOfEach,
} from './following.ts';
export { interleave, type Seen, type Walked } from './interleave.ts';
export { inKeyOrder } from './key-order.ts';
export type { Direction, Stretch } from './lanes.ts';
export { columnOf, LIVE, postgresRows, REBUILT, type ReadSchema, rowReader, selectionOf } from './postgres-rows.ts';
export { postgresStorage } from './postgres-storage.ts';
export {
  type Advance,
  type Announce,
  type Announcement,
  type Changes,
  EVERYTHING,
  type Fold,
  type Folded,
  folded,
  type Projection,
  prepareAll,
  type Settle,
  type StoredRecorded,
  type Upcoming,
  type Writers,
} from './projection.ts';
export { type Asked, type OwnedRow, reachedRows, whereReached } from './reached-rows.ts';
export {
  type AtVersion,
  type Concern,
  type Move,
  type Patience,
  projectionsInto,
  type ReadModel,
  type Rows,
  type SharedClock,
  type Storage,
  type StoredEvents,
  type Table,
} from './read-model.ts';
export { relationsOf } from './relations.ts';
export {
  eventAt,
  HEADS_BESIDE,
  headPositions,
  lastPosition,
  OTHER_PARTITIONS,
  type Owned,
  ownersAfter,
  recordedAt,
  STORED_COLUMNS,
  type StoredRow,
  storedIds,
  storedOfFirst,
  storedRecordedOf,
} from './stored-events.ts';
export { areLater, versionsOf } from './versions.ts';
