import pg, { type ClientBase } from 'pg';
import { type JournalName, sessionOptions } from '../database/index.ts';
import { EVENT_COLUMN_NAMES } from '../events/index.ts';
import { ignored } from '../platform/index.ts';
import type { FoundMark, Mark } from './mark.ts';
import type { OutboxSession, Publication, Waiting, Withheld } from './outbox.ts';
import { type QueuedRow, readQueued } from './read-queued.ts';

/** How many events a relay takes from the outbox at once. */
export const PUBLISHED_AT_ONCE = 500;
const LOCKS: Readonly<Record<JournalName, number>> = { write: 1, saga: 2 };
const LOCK_CLASS = 7_104;

/** How long a session and its server wait for a word of each other. */
export interface SessionLimits {
  /** A leader that is frozen this long loses its session, and with it the lead. */
  readonly silentLeaderMs: number;
  /** A query that is not answered in this time has failed: the connection may be half open. */
  readonly unansweredMs: number;
}

/** The query's limit is longer than the database's own for a statement, which tells more. */
const LIMITS: SessionLimits = { silentLeaderMs: 10_000, unansweredMs: 35_000 };

const nextQueued = async (client: ClientBase, journal: JournalName, withheld: Withheld): Promise<Waiting> => {
  const { rows } = await client.query<QueuedRow>({
    name: `next-queued-${journal}`,
    // Offset 0 keeps the planner from a merge join, which would walk the journal from its beginning.
    text: `select outbox.position, event.* from ${journal}.outbox
      cross join lateral (
        select ${EVENT_COLUMN_NAMES} from ${journal}.journal where journal.position = outbox.position offset 0
      ) as event
      where event.stream <> all($1::text[]) and event.aggregate_id <> all($2::text[])
      order by outbox.position limit ${PUBLISHED_AT_ONCE}`,
    values: [withheld.streams, withheld.aggregateIds],
  });
  return readQueued(rows);
};

interface MarkRow {
  readonly stream: string;
  readonly number: string;
  readonly last_entry_id: string;
}

const lastMarks = async (client: ClientBase, journal: JournalName): Promise<Map<string, Mark>> => {
  const { rows } = await client.query<MarkRow>(
    `select distinct on (stream) stream, number, last_entry_id from ${journal}.publication
      order by stream, number desc`,
  );
  return new Map(
    rows.map(({ stream, number, last_entry_id }) => [stream, { number: BigInt(number), lastEntryId: last_entry_id }]),
  );
};

const confirm = async (
  client: ClientBase,
  journal: JournalName,
  publications: readonly Publication[],
): Promise<void> => {
  if (publications.length === 0) return;
  await client.query({
    name: `confirm-publications-${journal}`,
    text: `with taken as (delete from ${journal}.outbox where position = any($1::bigint[]))
      insert into ${journal}.publication (stream, number, last_entry_id, positions)
      select stream, number, last_entry_id, positions::bigint[]
      from unnest($2::text[], $3::bigint[], $4::text[], $5::text[])
        as published (stream, number, last_entry_id, positions)`,
    values: [
      publications.flatMap(({ positions }) => positions),
      publications.map(({ stream }) => stream),
      publications.map(({ number }) => number),
      publications.map(({ lastEntryId }) => lastEntryId),
      publications.map(({ positions }) => `{${positions.join(',')}}`),
    ],
  });
};

interface Loss {
  readonly stream: string;
  readonly found: FoundMark;
}

const restoreLost = async (client: ClientBase, journal: JournalName, { stream, found }: Loss): Promise<number> => {
  const { rowCount } = await client.query(
    `with kept as (
      select coalesce(max(number), 0) as up_to from ${journal}.publication where stream = $1
        and ((number = $2 and last_entry_id = $3) or (number = $2 - 1 and last_entry_id = $4))
    ), lost as (
      delete from ${journal}.publication using kept where stream = $1 and number > kept.up_to returning positions
    )
    insert into ${journal}.outbox (position) select distinct unnest(positions) from lost on conflict do nothing`,
    [stream, found.number, found.lastEntryId, found.previousEntryId],
  );
  return rowCount ?? 0;
};

const tryToLead = async (client: ClientBase, journal: JournalName): Promise<boolean> => {
  const { rows } = await client.query<{ elected: boolean }>('select pg_try_advisory_lock($1, $2) as elected', [
    LOCK_CLASS,
    LOCKS[journal],
  ]);
  return rows[0]?.elected === true;
};

const end = (client: pg.Client): Promise<void> => client.end().catch(() => {});

/** A connection of its own: the lead is an advisory lock of the very session that the outbox is read with. */
export const openPostgresOutbox = async (
  databaseUrl: string,
  journal: JournalName,
  limits: SessionLimits = LIMITS,
): Promise<OutboxSession> => {
  const session = sessionOptions({ url: databaseUrl, name: `relay ${journal}` });
  const client = new pg.Client({ ...session, query_timeout: limits.unansweredMs, pipeline: true });
  // The next query reports the loss; unheard, the event would end the process.
  client.on('error', ignored);
  try {
    await client.connect();
    await client.query(`set idle_session_timeout = ${limits.silentLeaderMs}`);
  } catch (error) {
    await end(client);
    throw error;
  }
  return {
    tryToLead: () => tryToLead(client, journal),
    lastMarks: () => lastMarks(client, journal),
    nextQueued: (withheld) => nextQueued(client, journal, withheld),
    confirm: (publications) => confirm(client, journal, publications),
    restoreLost: (stream, found) => restoreLost(client, journal, { stream, found }),
    [Symbol.asyncDispose]: () => end(client),
  };
};
