import type { Database } from '../database/index.ts';
import { appendBatchTo } from './journal/group-commit.ts';
import type { JournalStore } from './journal/journal-store.ts';
import { knownEventIds, loadAggregates } from './journal/load.ts';
import { openCartsOf } from './journal/open-carts.ts';
import { type MethodStore, postgresMethodStore } from './payment/kept-methods.ts';
import { postgresTaskStore } from './tasks/postgres-task-store.ts';
import type { TaskStore } from './tasks/task-store.ts';

/** What the write side keeps: its journal, the tasks that its orders have put off, and how those are to be paid. */
export interface WriteStore extends JournalStore, TaskStore, MethodStore {}

export const postgresWriteStore = ({ db, pool }: Database): WriteStore => ({
  ...postgresTaskStore(db),
  ...postgresMethodStore(db),
  appendBatch: appendBatchTo(pool),
  loadAggregates: (wanted) => loadAggregates(db, wanted),
  openCartsOf: (customerId) => openCartsOf(db, customerId),
  knownEventIds: (eventIds) => knownEventIds(db, eventIds),
});
