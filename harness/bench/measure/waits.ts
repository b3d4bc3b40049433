import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

/** What sessions of one name were seen at, each a share of all looks at all of them. */
export interface Waits {
  /** Waiting for a lock, be it a row's or one of panier's own. */
  readonly lock: number;
  /** In a transaction, and waiting for the next word of their process. */
  readonly client: number;
  /** In no transaction: their process had nothing for them. */
  readonly idle: number;
}

const LOOK = `
  select count(*) filter (where wait_event_type = 'Lock')::integer as lock,
    count(*) filter (where state = 'idle in transaction')::integer as client,
    count(*) filter (where state = 'idle')::integer as idle,
    count(*)::integer as all
  from pg_stat_activity where application_name = $1`;

const EVERY_MS = 10;

type Look = Readonly<Record<'lock' | 'client' | 'idle' | 'all', number>>;

const shareOf = (looks: readonly Look[], of: keyof Waits): number => {
  const all = looks.reduce((sum, look) => sum + look.all, 0);
  return all === 0 ? 0 : looks.reduce((sum, look) => sum + look[of], 0) / all;
};

/** Starts looking, a hundred times a second, at what sessions of this name do; the returned function stops, and tells. */
export const meterWaits = (pool: Pool, application: string): (() => Promise<Waits>) => {
  const looks: Look[] = [];
  const stopping = new AbortController();
  const look = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { rows } = await pool.query<Look>({ name: 'waits', text: LOOK, values: [application] });
      looks.push(...rows);
      await delay(EVERY_MS);
    }
  };
  const looking = look();
  return async () => {
    stopping.abort();
    await looking;
    return { lock: shareOf(looks, 'lock'), client: shareOf(looks, 'client'), idle: shareOf(looks, 'idle') };
  };
};
