import { type Db, type JournalName, type Runner, statement } from '../../database/index.ts';
import { type Envelope, EVENT_COLUMN_NAMES, type EventRow, envelopeOf } from '../../events/index.ts';
import { PUBLISHED_AT_ONCE } from '../postgres-outbox.ts';
import type { OwnEvent, SweepStore } from './sweep-store.ts';

interface OwnRow extends EventRow {
  readonly position: string;
}

/** A consumer group, as it can be asked what it lacks of a journal. */
export interface AskedGroup {
  readonly journal: JournalName;
  readonly group: string;
  /** A condition of SQL on a row of the journal alone: false for what the group has no need of. */
  readonly mayLack: string;
  /** Of the ids of events that meet the condition, those that the group may not have, by its own tables. */
  readonly lackedOf: (eventIds: readonly string[]) => Promise<readonly string[]>;
  /** Of such events, the ids of those that are lost to the group. */
  readonly undelivered: (events: readonly Envelope[]) => Promise<readonly string[]>;
}

const reachIn = (journal: JournalName) =>
  statement<{ readonly up_to: string | null }>(`
  select max(position) as up_to from (
    select position, occurred_at from ${journal}.journal
    where position > $1::bigint and not heard order by position limit $3
  ) as own where occurred_at <= now() - $2::double precision * interval '1 millisecond'`);

const neededIn = (journal: JournalName, mayLack: string) =>
  statement<{ readonly event_id: string }>(`
  select event_id from ${journal}.journal
  where position > $1::bigint and position <= $2::bigint and not heard and ${mayLack} order by position`);

const eventsIn = (journal: JournalName) =>
  statement<OwnRow>(`
  select position, ${EVENT_COLUMN_NAMES} from ${journal}.journal
  where event_id = any($1::text[]) and not heard order by position`);

const publishAgainIn = (journal: JournalName) =>
  statement(`
  insert into ${journal}.outbox (position)
  select position from unnest($1::bigint[]) as lost (position)
  where position not in (
    select unnest(positions) from ${journal}.publication
    where published_at > now() - $2::double precision * interval '1 millisecond'
  )
  on conflict do nothing returning position`);

/** By their number, not their age: a few that cannot be published may wait long, and hold up nothing else. */
const backlogIn = (journal: JournalName) => statement(`select from ${journal}.outbox limit ${PUBLISHED_AT_ONCE + 1}`);

const advanceIn = (journal: JournalName) =>
  statement(`
  insert into ${journal}.sweep_checkpoint as checkpoint (consumer_group, position) values ($1, $2::bigint)
  on conflict (consumer_group) do update set position = greatest(checkpoint.position, excluded.position)`);

const checkpointIn = (journal: JournalName) =>
  statement<Pick<OwnRow, 'position'>>(`select position from ${journal}.sweep_checkpoint where consumer_group = $1`);

const forgetIn = (journal: JournalName) => statement(`delete from ${journal}.sweep_checkpoint`);
const FORGET = { write: forgetIn('write'), saga: forgetIn('saga') } as const;

/**
 * Every sweep of the journal begins anew, at its first event: for when a group may lack again what it had. By the owner, and
 * while nobody sweeps.
 */
export const forgetSwept = async (runner: Runner, journal: JournalName): Promise<void> => {
  await FORGET[journal](runner);
};

const ownEventOf = (row: OwnRow): OwnEvent => ({ position: BigInt(row.position), envelope: envelopeOf(row) });

/** A journal of PostgreSQL, and what a consumer group lacks of it: the journal is told, and the group is asked. */
export const postgresSweepStore = (
  db: Db,
  { journal, group, mayLack, lackedOf, undelivered }: AskedGroup,
): SweepStore => {
  const [reach, needed, eventsBy] = [reachIn(journal), neededIn(journal, mayLack), eventsIn(journal)];
  const confirmed = async (events: readonly OwnEvent[]): Promise<readonly OwnEvent[]> => {
    if (events.length === 0) return events;
    const ids = new Set(await undelivered(events.map(({ envelope }) => envelope)));
    return events.filter(({ envelope }) => ids.has(envelope.eventId));
  };
  const lackingWithin = async (after: bigint, upTo: string): Promise<readonly OwnEvent[]> => {
    const eventIds = (await needed(db, [after, upTo])).map(({ event_id: eventId }) => eventId);
    const lacked = eventIds.length === 0 ? [] : await lackedOf(eventIds);
    return lacked.length === 0 ? [] : confirmed((await eventsBy(db, [lacked])).map(ownEventOf));
  };
  const stillLacking = async (events: readonly OwnEvent[]): Promise<readonly OwnEvent[]> => {
    const lacked = new Set(await lackedOf(events.map(({ envelope }) => envelope.eventId)));
    return confirmed(events.filter(({ envelope }) => lacked.has(envelope.eventId)));
  };
  return {
    checkpoint: async () => {
      const [row] = await checkpointIn(journal)(db, [group]);
      return BigInt(row?.position ?? 0);
    },
    advance: async (position) => void (await advanceIn(journal)(db, [group, position])),
    isBacklogged: async () => (await backlogIn(journal)(db)).length > PUBLISHED_AT_ONCE,
    look: async ({ after, minAgeMs, limit }) => {
      const upTo = (await reach(db, [after, minAgeMs, limit]))[0]?.up_to ?? null;
      if (upTo === null) return { upTo, lacking: [] };
      return { upTo: BigInt(upTo), lacking: await lackingWithin(after, upTo) };
    },
    stillLacking,
    publishAgain: async ({ positions, unlessWithinMs }) =>
      (await publishAgainIn(journal)(db, [positions, unlessWithinMs])).length,
  };
};
