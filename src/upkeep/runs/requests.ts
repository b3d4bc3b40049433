import type { Admitted, KeyedRequest } from '../../commands/index.ts';
import { type Db, type Runner, statement } from '../../database/index.ts';
import { newId } from '../../events/index.ts';
import type { UpkeepRun, UpkeepTask } from './run.ts';
import { RUN_COLUMNS, runsBy, settleLost } from './run-rows.ts';

const LAST = runsBy(`select ${RUN_COLUMNS} from upkeep.run order by requested_at desc, id collate "C" desc limit $1`);

/** The newest first. */
export const lastRuns = (db: Db, limit: number): Promise<readonly UpkeepRun[]> => LAST(db, [limit]);

const ONE = runsBy(`select ${RUN_COLUMNS} from upkeep.run where id = $1`);

export const runById = async (runner: Runner, id: string): Promise<UpkeepRun | null> =>
  (await ONE(runner, [id]))[0] ?? null;

const UNDER_WAY = runsBy(`select ${RUN_COLUMNS} from upkeep.run where status in ('WAITING', 'RUNNING')`);

export const runUnderWay = async (runner: Runner): Promise<UpkeepRun | null> => (await UNDER_WAY(runner))[0] ?? null;

const KEYED = statement<{ readonly id: string; readonly request_hash: string }>(
  'select id, request_hash from upkeep.run where request_key = $1',
);

/** What was started under the key, and with what hash. */
export const requestedBefore = async (runner: Runner, { key }: KeyedRequest) => (await KEYED(runner, [key]))[0] ?? null;

const FORGET = statement("delete from upkeep.run where ended_at < now() - interval '90 days'");

const INSERT = runsBy(`
  insert into upkeep.run (id, kind, settings, requested_by, request_key, request_hash)
  values ($1, $2, $3::json, $4, $5, $6) on conflict do nothing
  returning ${RUN_COLUMNS}`);

export interface NewRun {
  readonly task: UpkeepTask;
  readonly requestedBy: string;
  readonly request: Admitted<'startReplay'>['request'];
}

/** Null when another one is under way, or was started under this key. Forgets those of 90 days ago. */
export const insertRun = async (db: Db, { task, requestedBy, request }: NewRun): Promise<UpkeepRun | null> => {
  await settleLost(db);
  await FORGET(db);
  const { key = null, hash = null } = request ?? {};
  const values = [newId('UpkeepRun'), task.kind, JSON.stringify(task), requestedBy, key, hash];
  return (await INSERT(db, values))[0] ?? null;
};

// One that waits is nobody's yet, so it ends here. One that runs is ended by whoever carries it out.
const CANCEL = runsBy(`
  update upkeep.run set cancelled_by = coalesce(cancelled_by, $2),
    status = case status when 'WAITING' then 'CANCELLED' else status end,
    ended_at = case status when 'WAITING' then now() end
  where id = $1 and status in ('WAITING', 'RUNNING')
  returning ${RUN_COLUMNS}`);

/** Null when it is over already, or unknown. */
export const cancelRun = async (db: Db, id: string, by: string): Promise<UpkeepRun | null> =>
  (await CANCEL(db, [id, by]))[0] ?? null;
