export type { AppendRow } from './append-statement.ts';
export { type AppendUnits, appendUnitsTo, GroupCommit, openJournal } from './group-commit.ts';
export { Janitor, type JanitorOptions } from './janitor.ts';
export { type Journaled, loadAggregates } from './load.ts';
export { envelop, type NewEvent, type Writer } from './new-event.ts';
export type { Addition, LostPublications, MarkedStreams, OutboxSession, Publication, Queued } from './outbox.ts';
export { type JournalName, record } from './record.ts';
export { Relay, startRelay } from './relay.ts';
export type { AppendOutcome, Entry, Head, IdempotencyRecord, Task, TaskKey, Unit } from './unit.ts';
