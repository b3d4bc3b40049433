export type { Comparison } from './compare.ts';
export type { EventFilter } from './event-filter.ts';
export type { Authored, EventStore, EventStoreTransaction, HighestVersion, StoredBatch } from './event-store.ts';
export { handleBatch } from './handle-batch.ts';
export { AUDIT_GROUP, AUDIT_STREAMS, type Audit, openAudit } from './open-audit.ts';
export type { EventPage, EventPageRequest } from './page.ts';
export { postgresEventStore } from './postgres-event-store.ts';
export {
  type Announce,
  type Announcement,
  type Changes,
  EVERYTHING,
  type Projection,
  prepareAll,
} from './projection.ts';
export { type RebuildParts, type RebuildProgress, type RebuildReport, RebuildRunning, rebuild } from './rebuild.ts';
export { renewReadModels } from './renew.ts';
export { ShadowDiffers } from './shadow.ts';
export type { StoredEvent, StoredRecorded } from './stored-event.ts';
