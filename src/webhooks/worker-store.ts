import { type Db, statement } from '../database/index.ts';
import { type Led, type LedRow, ledOf } from './lane-store.ts';

/** An endpoint, as whoever may lead it sees it. */
export interface Surveyed {
  readonly id: string;
  readonly isActive: boolean;
  readonly revision: number;
  /** Who leads it and is alive; null: nobody. */
  readonly leader: string | null;
}

export interface Survey {
  readonly endpoints: readonly Surveyed[];
  /** How many are there to lead, this one included. */
  readonly workers: number;
}

const BEAT = statement(`
  insert into webhook.worker as kept (id, alive_until) values ($1, now() + $2::integer * interval '1 millisecond')
  on conflict (id) do update set alive_until = excluded.alive_until where kept.alive_until > now()
  returning id`);

/** Takes the lease on for so long; false when it ran out before: then everything is somebody else's. */
export const beat = async (db: Db, worker: string, leaseMs: number): Promise<boolean> =>
  (await BEAT(db, [worker, leaseMs])).length === 1;

const LEAVE = statement("delete from webhook.worker where id = $1 or alive_until < now() - interval '1 minute'");

/** Gives the lease back, and with it all endpoints; forgets those who died. */
export const leave = async (db: Db, worker: string): Promise<void> => {
  await LEAVE(db, [worker]);
};

const SURVEY = statement<Surveyed & { readonly workers: number }>(`
  select endpoint.id, status = 'ACTIVE' as "isActive", revision, worker.id as leader,
    (select count(*)::integer from webhook.worker where alive_until > now()) as workers
  from webhook.endpoint as endpoint
  left join webhook.worker as worker on worker.id = endpoint.leader and worker.alive_until > now()`);

export const survey = async (db: Db): Promise<Survey> => {
  const rows = await SURVEY(db);
  return { endpoints: rows, workers: rows[0]?.workers ?? 1 };
};

const CLAIM = statement<LedRow>(`
  update webhook.endpoint as endpoint set leader = $1
  where id = any($2::text[]) and status = 'ACTIVE' and (
    leader is null or leader = $1
    or not exists (select from webhook.worker where worker.id = endpoint.leader and alive_until > now())
  )
  returning id, url, event_types, format, revision, epoch, head, other_heads, owed`);

/** Those of the endpoints that are this worker's from now on. */
export const claim = async (db: Db, worker: string, ids: readonly string[]): Promise<readonly Led[]> =>
  ids.length === 0 ? [] : ledOf(db, await CLAIM(db, [worker, ids]));

const RELEASE = statement('update webhook.endpoint set leader = null where id = any($2::text[]) and leader = $1');

export const release = async (db: Db, worker: string, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await RELEASE(db, [worker, ids]);
};
