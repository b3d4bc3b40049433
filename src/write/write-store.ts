import type { Database } from '../database/index.ts';
import { appendBatchTo } from './journal/group-commit.ts';
import type { JournalStore } from './journal/journal-store.ts';
import { knownEventIds, loadAggregates } from './journal/load.ts';
import { postgresTaskStore } from './tasks/postgres-task-store.ts';
import type { TaskStore } from './tasks/task-store.ts';

/** What the write side keeps: its journal, and the tasks that its orders have put off. */
export interface WriteStore extends JournalStore, TaskStore {}

export const postgresWriteStore = ({ db, pool }: Database): WriteStore => ({
  ...postgresTaskStore(db),
  appendBatch: appendBatchTo(pool),
  loadAggregates: (ids) => loadAggregates(db, ids),
  knownEventIds: (eventIds) => knownEventIds(db, eventIds),
});
