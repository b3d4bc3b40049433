import { type Database, type Db, statement } from '../database/index.ts';
import { appendUnitsTo } from './journal/group-commit.ts';
import { loadAggregates } from './journal/load.ts';
import { claimDueTasks, LEASE_MS, postponeTask } from './tasks/tasks.ts';
import type { WriteStore } from './write-store.ts';

const KNOWN_EVENT_IDS = statement<{ readonly event_id: string }>(
  'select event_id from write.journal where event_id = any($1::text[])',
);

const knownEventIds = async (db: Db, eventIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await KNOWN_EVENT_IDS(db, [eventIds]);
  return new Set(rows.map((row) => row.event_id));
};

/** What {@link WriteStore.loadAggregates} loads, from PostgreSQL. */
export const loadFrom =
  (db: Db): WriteStore['loadAggregates'] =>
  (ids) =>
    loadAggregates(db, ids);

export const postgresWriteStore = ({ db, pool }: Database): WriteStore => ({
  appendUnits: appendUnitsTo(pool),
  loadAggregates: loadFrom(db),
  knownEventIds: (eventIds) => knownEventIds(db, eventIds),
  leaseMs: LEASE_MS,
  claimDueTasks: (limit) => claimDueTasks(db, { limit }),
  postponeTask: (task, delayMs) => postponeTask(db, task, delayMs),
});
