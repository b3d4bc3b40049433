import type { Db } from '../database/index.ts';
import { decodeEvent, envelopeOf, type Recorded } from '../events/index.ts';
import type { JournalName } from './record.ts';

/** An event as the journal of an aggregate holds it. */
export interface Journaled extends Recorded {
  readonly sequence: number;
  readonly heard: boolean;
}

/** What the journal holds of each aggregate, in sequence; an aggregate without events is left out. One query. */
export const loadAggregates = async (
  db: Db,
  journal: JournalName,
  aggregateIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Journaled[]>> => {
  const rows = await db
    .selectFrom(`${journal}.journal` as 'write.journal')
    .selectAll()
    .where('aggregate_id', 'in', aggregateIds)
    .orderBy('aggregate_id')
    .orderBy('sequence')
    .execute();
  const journaled = rows.map((row): Journaled => {
    const envelope = envelopeOf(row);
    return { envelope, event: decodeEvent(envelope), sequence: row.sequence, heard: row.heard };
  });
  return Map.groupBy(journaled, ({ envelope }) => envelope.aggregateId);
};
