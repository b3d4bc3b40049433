export type { AppendRow } from './append-statement.ts';
export { type AppendUnits, appendUnitsTo, GroupCommit, openJournal } from './group-commit.ts';
export { Janitor, type JanitorOptions } from './janitor.ts';
export { type Journaled, loadAggregates } from './load.ts';
export { type FoundMark, isSameMark, type Mark, NO_MARK } from './mark.ts';
export { envelop, type NewEvent, type Writer } from './new-event.ts';
export type {
  MarkedStreams,
  MarkedStreams,
  OutboxSession,
  OutboxSession,
  Publication,
  Publication,
  Withheld,
} from './outbox.ts';
export { oldestWaitSeconds } from './outbox-age.ts';
export { postgresSweepStore } from './postgres-sweep-store.ts';
export { type QueuedRow, readQueued } from './read-queued.ts';
export { type JournalName, record } from './record.ts';
export { Relay, startRelay } from './relay.ts';
export { type OwnEvent, type Sought, Sweep, type SweepParts, type SweepStore } from './sweep.ts';
export { Sweeper } from './sweeper.ts';
export type { AppendOutcome, Entry, Head, IdempotencyRecord, Task, TaskKey, Unit } from './unit.ts';
