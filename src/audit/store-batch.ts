import { CompiledQuery } from 'kysely';
import type { Tx } from '../database/index.ts';
import { EVENT_COLUMN_NAMES, eventArrayParameters, eventArrays, type Recorded } from '../events/index.ts';
import { fillVersions } from './fill-versions.ts';
import type { StoredRecorded } from './stored-event.ts';

// All parts of the statement see the event store as it was before: `last` is the position before the batch.
const STORE = `
  with last as (select coalesce(max(position), 0) as position from audit.event_store),
  stored as (
    insert into audit.event_store (${EVENT_COLUMN_NAMES})
    select ${EVENT_COLUMN_NAMES}
    from unnest(${eventArrayParameters(1)}) with ordinality as event (${EVENT_COLUMN_NAMES}, nth)
    order by nth
    on conflict (event_id) do nothing
    returning position, event_id
  )
  select stored.position, stored.event_id, last.position as after from stored, last order by stored.position`;

interface StoredKey {
  readonly position: string;
  readonly event_id: string;
  readonly after: string;
}

export interface StoredBatch {
  /** The highest position before these; 0 when the store was empty. */
  readonly after: bigint;
  /** Those that the store did not hold yet, in store order. */
  readonly events: readonly StoredRecorded[];
}

/** Appends to the event store what it does not hold yet, in the batch's order. Takes a `Tx` that is the only writer. */
export const storeBatch = async (tx: Tx, batch: readonly Recorded[]): Promise<StoredBatch> => {
  const recorded = await fillVersions(tx, batch);
  const columns = eventArrays(recorded.map(({ envelope }) => envelope));
  const { rows } = await tx.executeQuery<StoredKey>(CompiledQuery.raw(STORE, columns));
  const byId = new Map(recorded.toReversed().map((each) => [each.envelope.eventId, each]));
  const events = rows.flatMap(({ position, event_id }) => {
    const each = byId.get(event_id);
    return each === undefined ? [] : [{ ...each, position: BigInt(position) }];
  });
  return { after: BigInt(rows[0]?.after ?? 0), events };
};
