import { type JournalName, type Runner, type Statement, statement } from '../../database/index.ts';
import { type EventType, PRODUCERS, type Seal } from '../../events/index.ts';
import type { DatabaseHome } from '../../platform/index.ts';
import { type Entry, fieldOf } from './entries.ts';

/**
 * What an entry is to a restored database. `Known`: panier's own, and in its journal, which publishes
 * it again where it is lacking. `Lost`: panier's own, and in no
 * journal: it was acknowledged after the moment that the database was restored to. `Lacking`: another service's, and not
 * in the event store: to be delivered again. `Theirs`: another service's, and there. `Settled`: another service's, and a dead
 * letter already of every group.
 */
export type Fate = 'Known' | 'Lost' | 'Lacking' | 'Theirs' | 'Settled';

export interface ToldApart {
  readonly entry: Entry;
  readonly fate: Fate;
}

type Known = Statement<{ readonly event_id: string }>;

const journaledIn = (journal: JournalName): Known =>
  statement(`select event_id from ${journal}.journal where event_id = any($1::text[]) and not heard`);

const JOURNALED = { write: journaledIn('write'), saga: journaledIn('saga') } as const;
const STORED: Known = statement('select event_id from audit.event_store where event_id = any($1::text[])');

const DEAD: Statement<{ readonly entry_id: string; readonly groups: readonly string[] }> = statement(`
  select entry_id, array_agg(consumer_group) as groups from bus.dead_letter
  where stream = $1 and entry_id = any($2::text[]) group by entry_id`);

type Homes = Readonly<Record<DatabaseHome, Runner>>;

const OWN: ReadonlySet<string> = new Set(Object.values(PRODUCERS));

const isOwn = (entry: Entry, seal: Seal): boolean => {
  const version = Number(fieldOf(entry, 'version'));
  return (
    OWN.has(fieldOf(entry, 'producer')) &&
    seal.isOn({
      eventId: fieldOf(entry, 'event_id'),
      producer: fieldOf(entry, 'producer'),
      type: fieldOf(entry, 'event_type') as EventType,
      aggregateId: fieldOf(entry, 'aggregate_id'),
      version: version === 0 ? null : version,
    })
  );
};

export interface Telling {
  readonly homes: Homes;
  readonly seal: Seal;
  /** The consumer groups of each stream. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** Tells entries of one stream apart by what the database has of them. */
export const tellApart = async (
  { homes, seal, groups }: Telling,
  entries: readonly Entry[],
): Promise<readonly ToldApart[]> => {
  const stream = entries[0]?.stream ?? '';
  const eventIds = entries.map((entry) => fieldOf(entry, 'event_id'));
  const entryIds = entries.map(({ id }) => id);
  const idsBy = async (known: Known, home: keyof Homes) =>
    (await known(homes[home], [eventIds])).map((row) => row.event_id);
  const journaled = new Set([...(await idsBy(JOURNALED.write, 'write')), ...(await idsBy(JOURNALED.saga, 'saga'))]);
  const stored = new Set(await idsBy(STORED, 'audit'));
  const dead = await DEAD(homes.shared, [stream, entryIds]);
  const givenUpBy = new Map(dead.map((row) => [row.entry_id, row.groups]));
  const fateOf = (entry: Entry): Fate => {
    const eventId = fieldOf(entry, 'event_id');
    if (journaled.has(eventId)) return 'Known';
    if (isOwn(entry, seal)) return 'Lost';
    const settledBy = givenUpBy.get(entry.id);
    // What one group could not handle, the others may not have been given before the moment that was restored.
    const isOver = settledBy !== undefined && (groups.get(stream) ?? []).every((group) => settledBy.includes(group));
    if (isOver) return 'Settled';
    return stored.has(eventId) ? 'Theirs' : 'Lacking';
  };
  return entries.map((entry) => ({ entry, fate: fateOf(entry) }));
};
