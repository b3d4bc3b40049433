import { type Statement, statement, type Tx } from '../database/index.ts';
import { EVENT_COLUMN_NAMES, eventArrayParameters, eventArrays, type Recorded } from '../events/index.ts';
import { envelop, type NewEvent, type Writer } from './new-event.ts';

/** The journals of panier, each a schema of the database. */
export type JournalName = 'write' | 'saga';

const recordIn = (journal: JournalName): Statement<never> =>
  statement(`
  with recorded as (
    insert into ${journal}.journal (sequence, ${EVENT_COLUMN_NAMES})
    select sequence, ${EVENT_COLUMN_NAMES}
    from unnest($1::integer[], ${eventArrayParameters(2)}) with ordinality
      as event (sequence, ${EVENT_COLUMN_NAMES}, nth)
    order by nth
    returning position
  )
  insert into ${journal}.outbox (position) select position from recorded`);

const RECORD: Readonly<Record<JournalName, Statement<never>>> = { write: recordIn('write'), saga: recordIn('saga') };

/**
 * Records events and queues them for publication, in the caller's transaction: takes a `Tx`, not a `Db`, for an event
 * must not be queued without being recorded, nor recorded without what it tells of.
 * `occurredAt` is the transaction's time by the database's clock.
 */
export const record = async (
  tx: Tx,
  {
    journal,
    writer,
    occurredAt,
  }: { readonly journal: JournalName; readonly writer: Writer; readonly occurredAt: string },
  events: readonly NewEvent[],
): Promise<readonly Recorded[]> => {
  if (events.length === 0) return [];
  const recorded = events.map((event) => envelop(writer, event, occurredAt));
  const sequences = events.map(({ sequence }) => sequence);
  const columns = eventArrays(recorded.map(({ envelope }) => envelope));
  await RECORD[journal](tx, [sequences, ...columns]);
  return recorded;
};
