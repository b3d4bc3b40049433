import { type Db, listIn, statement } from '../database/index.ts';
import type { Direction, Placed, Relation, Stretch } from './lanes.ts';
import { EVENT_STORE } from './stored-events.ts';

const isBetweenPartitions = ({ earlier, later }: Relation): boolean => earlier.partition !== later.partition;

/** What happened to one thing stays in order, though a change of their number moved it to another partition. */
const turnsIn = (events: readonly Placed[]): readonly Relation[] =>
  [...Map.groupBy(events, ({ envelope }) => envelope.aggregateId).values()].flatMap((all) => {
    const inOrder = all.toSorted((one, other) => (one.position < other.position ? -1 : 1));
    return inOrder.slice(1).map((later, nth) => ({ earlier: inOrder[nth] ?? later, later }));
  });

const causesIn = (events: readonly Placed[]): readonly Relation[] => {
  const byId = new Map(events.map((event) => [event.envelope.eventId, event] as const));
  return events.flatMap((later) => {
    const earlier = byId.get(later.envelope.causationId ?? '');
    return earlier === undefined ? [] : [{ earlier, later }];
  });
};

interface PlaceRow {
  readonly id: string;
  readonly partition: number;
  readonly position: string;
}

const CAUSES = statement<PlaceRow>(
  `select event_id as id, partition, position from ${EVENT_STORE} where event_id = any(${listIn('$1')}::text[])`,
);

const causesStored = async (db: Db, events: readonly Placed[]): Promise<readonly Relation[]> => {
  const known = new Set(events.map(({ envelope }) => envelope.eventId));
  const sought = events.filter(({ envelope: { causationId: id } }) => id !== null && !known.has(id));
  if (sought.length === 0) return [];
  const effects = Map.groupBy(sought, ({ envelope }) => envelope.causationId);
  const rows = await CAUSES(db, [[...effects.keys()]]);
  return rows.flatMap(({ id, partition, position }) =>
    (effects.get(id) ?? []).map((later) => ({ earlier: { partition, position: BigInt(position) }, later })),
  );
};

/** So far ahead of its cause an effect is looked for: no index leads from a cause to what it caused. */
const POSITIONS_AHEAD = 5_000n;

const EFFECTS = statement<PlaceRow>(`
  select causation_id as id, partition, position from ${EVENT_STORE}
  where position > $2::bigint and position < $3::bigint and causation_id = any(${listIn('$1')}::text[])`);

/**
 * The walk ends where the first of the partitions that go on has been read to: what is not read is below that, and only what was
 * caused above it has to wait for it. So however far apart events are that were looked for, no more is looked through.
 */
const effectsStored = async (
  db: Db,
  events: readonly Placed[],
  stretches: readonly Stretch<Placed>[],
): Promise<readonly Relation[]> => {
  const ends = stretches.filter(({ goesOn }) => goesOn).map(({ readTo }) => readTo);
  const end = ends.reduce((one, other) => (other > one ? other : one), 0n);
  const byId = new Map(events.map((event) => [event.envelope.eventId, event] as const));
  const rows = await EFFECTS(db, [[...byId.keys()], String(end - POSITIONS_AHEAD), String(end)]);
  return rows.flatMap(({ id, partition, position }) => {
    const earlier = byId.get(id);
    return earlier === undefined ? [] : [{ earlier, later: { partition, position: BigInt(position) } }];
  });
};

/** What has to keep its order between the partitions of these stretches, also where one end of it was not read. */
export const relationsOf = async (
  db: Db,
  stretches: readonly Stretch<Placed>[],
  direction: Direction,
): Promise<readonly Relation[]> => {
  if (stretches.length < 2) return [];
  const events = stretches.flatMap((stretch) => stretch.events);
  const isAll = stretches.every(({ goesOn }) => !goesOn);
  const stored = direction === 'Forward' ? causesStored : effectsStored;
  const further = isAll || events.length === 0 ? [] : await stored(db, events, stretches);
  return [...turnsIn(events), ...causesIn(events), ...further].filter(isBetweenPartitions);
};
