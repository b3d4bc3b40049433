import {
  type DedicatedSession,
  type JournalName,
  type Lineage,
  openDedicatedSession,
  statement,
  tryLock,
} from '../database/index.ts';
import { EVENT_COLUMN_NAMES, UNPARTITIONED } from '../events/index.ts';
import { AskedInTurn } from './asked-in-turn.ts';
import type { Mark } from './mark.ts';
import type { OutboxSession, Publication, Withheld } from './outbox.ts';
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
  /** The same for one that restores what was lost, or that passes over what is held back: either may be much. */
  readonly muchUnansweredMs: number;
}

/** How a session with the outbox is opened. */
export interface OutboxOptions {
  readonly limits?: SessionLimits | undefined;
  readonly lineage?: Lineage | undefined;
}

/** The longest is longer than the database's own for a statement, which tells more. */
const LIMITS: SessionLimits = { silentLeaderMs: 10_000, unansweredMs: 10_000, muchUnansweredMs: 35_000 };

interface MarkRow {
  readonly stream: string;
  readonly number: string;
  readonly last_entry_id: string;
}

/** The key of an event's stream, as `streamKey` of events has it; the number of partitions is the third parameter. */
const KEY = `event.stream || ':{' || mod(
  ('x' || encode(substr(sha256(convert_to(event.aggregate_id, 'UTF8')), 1, 4), 'hex'))::bit(32)::bigint, $3::bigint
) || '}'`;

// Offset 0 keeps the planner from a merge join, which would walk the journal from its beginning.
const nextQueuedIn = (journal: JournalName, key: string) =>
  statement<QueuedRow>(`
    select outbox.position, event.* from ${journal}.outbox
    cross join lateral (
      select ${EVENT_COLUMN_NAMES} from ${journal}.journal where journal.position = outbox.position offset 0
    ) as event
    where ${key} <> all($1::text[]) and event.aggregate_id <> all($2::text[])
    order by outbox.position limit ${PUBLISHED_AT_ONCE}`);

const statementsOf = (journal: JournalName) => ({
  nextQueued: nextQueuedIn(journal, 'event.stream'),
  nextOfPartitions: nextQueuedIn(journal, KEY),
  lastMarks: statement<MarkRow>(`
    select distinct on (stream) stream, number, last_entry_id from ${journal}.publication
    order by stream, number desc`),
  confirm: statement(`
    with taken as (delete from ${journal}.outbox where position = any($1::bigint[]))
    insert into ${journal}.publication (stream, number, last_entry_id, positions)
    select stream, number, last_entry_id, positions::bigint[]
    from unnest($2::text[], $3::bigint[], $4::text[], $5::text[])
      as published (stream, number, last_entry_id, positions)`),
  restoreLost: statement<{ readonly events: number }>(`
    with kept as (
      select coalesce(max(number), 0) as up_to from ${journal}.publication where stream = $1
        and ((number = $2 and last_entry_id = $3) or (number = $2 - 1 and last_entry_id = $4))
    ), lost as (
      delete from ${journal}.publication using kept where stream = $1 and number > kept.up_to returning positions
    ), queued as (
      insert into ${journal}.outbox (position) select distinct unnest(positions) from lost
      on conflict do nothing returning position
    )
    select count(*)::integer as events from queued`),
});

const STATEMENTS = { write: statementsOf('write'), saga: statementsOf('saga') };
const LIMIT_SILENCE = statement("select set_config('idle_session_timeout', $1, false)");

const markOf = ({ number, last_entry_id }: MarkRow): Mark => ({ number: BigInt(number), lastEntryId: last_entry_id });

const confirmedColumns = (publications: readonly Publication[]): readonly unknown[] => [
  publications.flatMap(({ positions }) => positions),
  publications.map(({ stream }) => stream),
  publications.map(({ number }) => number),
  publications.map(({ lastEntryId }) => lastEntryId),
  publications.map(({ positions }) => `{${positions.join(',')}}`),
];

interface OutboxIn {
  readonly session: DedicatedSession;
  readonly journal: JournalName;
  readonly muchUnansweredMs: number;
}

const outboxIn = ({ session, journal, muchUnansweredMs }: OutboxIn): OutboxSession => {
  const { nextQueued, nextOfPartitions, lastMarks, confirm, restoreLost } = STATEMENTS[journal];
  const patient = session.waiting(muchUnansweredMs);
  const inTurn = new AskedInTurn();
  const next = ({ streams, aggregateIds, partitioning: { partitions } = UNPARTITIONED }: Withheld) => {
    const runner = streams.length + aggregateIds.length === 0 ? session : patient;
    return inTurn.ask(() =>
      partitions === 1 || streams.length === 0
        ? nextQueued(runner, [streams, aggregateIds])
        : nextOfPartitions(runner, [streams, aggregateIds, partitions]),
    );
  };
  return {
    tryToLead: () => tryLock(session, LOCK_CLASS, LOCKS[journal]),
    lastMarks: async () => new Map((await lastMarks(session)).map((row) => [row.stream, markOf(row)])),
    nextQueued: async (withheld) => readQueued(await next(withheld)),
    confirm: async (publications) => {
      if (publications.length > 0) await inTurn.ask(() => confirm(session, confirmedColumns(publications)));
    },
    restoreLost: async (stream, { number, lastEntryId, previousEntryId }) => {
      const values = [stream, number, lastEntryId, previousEntryId];
      const [restored] = await inTurn.askAlone(() => restoreLost(patient, values));
      return restored?.events ?? 0;
    },
    [Symbol.asyncDispose]: session[Symbol.asyncDispose],
  };
};

/** A connection of its own: the lead is an advisory lock of the very session that the outbox is read with. */
export const openPostgresOutbox = async (
  url: string,
  journal: JournalName,
  { limits: { silentLeaderMs, unansweredMs, muchUnansweredMs } = LIMITS, lineage }: OutboxOptions = {},
): Promise<OutboxSession> => {
  await using opening = new AsyncDisposableStack();
  const session = opening.use(
    await openDedicatedSession({ url, name: `relay ${journal}`, unansweredMs, ...(lineage && { lineage }) }),
  );
  await LIMIT_SILENCE(session, [String(silentLeaderMs)]);
  opening.move();
  return outboxIn({ session, journal, muchUnansweredMs });
};
