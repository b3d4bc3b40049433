import { JOURNALS, type JournalName, type Runner, statement } from '../database/index.ts';
import { DecodeError, type Envelope, PRODUCERS, type Recorded, type Seal } from '../events/index.ts';

/** Those events, of these very ones, that bear the name of a service of panier and are in no journal of it, or the id of another event. */
export type Forgeries = (batch: readonly Recorded[]) => Promise<ReadonlySet<Recorded>>;

const NONE: ReadonlySet<Recorded> = new Set();
const OWN: ReadonlySet<string> = new Set(Object.values(PRODUCERS));

const isOwn = ({ producer }: Pick<Envelope, 'producer'>): boolean => OWN.has(producer);

interface Journaled {
  /** Its place among those that were asked for: several may have one id. */
  readonly nth: string;
  /** Whether it is this very event. */
  readonly is_it: boolean;
}

// Lateral, so that each event is looked up by its id.
const journaledIn = (journal: JournalName) =>
  statement<Journaled>(`
  select claimed.nth, found.is_it
  from unnest($1::text[], $2::text[], $3::text[], $4::text[])
    with ordinality as claimed (event_id, type, aggregate_id, producer, nth)
  cross join lateral (
    select (found.type, found.aggregate_id, found.producer) = (claimed.type, claimed.aggregate_id, claimed.producer) as is_it
    from ${journal}.journal as found where found.event_id = claimed.event_id and not found.heard
  ) as found`);

const JOURNALED = { write: journaledIn('write'), saga: journaledIn('saga') } as const;

const FIELDS = ['eventId', 'type', 'aggregateId', 'producer'] as const;

/**
 * Looks for what others say in the name of a service of panier, or under the id of one of its events: the event store would
 * keep whichever of the two came first. The seal tells of nearly every event without asking anybody; what was recorded
 * without it, by an earlier version, is in a journal, and so is the event whose id another one bears.
 */
export const forgeriesIn =
  (journals: Readonly<Record<JournalName, Runner>>, seal: Seal): Forgeries =>
  async (batch) => {
    const doubtful = batch.filter(({ envelope }) => !isOwn(envelope) || !seal.isOn(envelope));
    if (doubtful.length === 0) return NONE;
    const columns = FIELDS.map((field) => doubtful.map(({ envelope }) => envelope[field]));
    const rows = await Promise.all(JOURNALS.map((name) => JOURNALED[name](journals[name], columns)));
    const found = new Map(rows.flat().map(({ nth, is_it }) => [Number(nth) - 1, is_it]));
    return new Set(
      doubtful.filter(({ envelope }, nth) => (isOwn(envelope) ? found.get(nth) !== true : found.has(nth))),
    );
  };

export const forgeryOf = ({ envelope: { type, producer } }: Recorded): DecodeError =>
  new DecodeError(
    OWN.has(producer)
      ? `producer: ${producer} never said this ${type}; another service speaks in a name of its own`
      : 'event_id: an event of panier has this id; another service needs one of its own',
  );
