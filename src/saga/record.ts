import { statement, type Tx } from '../database/index.ts';
import {
  EVENT_COLUMN_NAMES,
  envelop,
  eventArrayParameters,
  eventArrays,
  type NewEvent,
  type Recorded,
  type Writer,
} from '../events/index.ts';

const RECORD = statement<never>(`
  with recorded as (
    insert into saga.journal (sequence, ${EVENT_COLUMN_NAMES})
    select sequence, ${EVENT_COLUMN_NAMES}
    from unnest($1::integer[], ${eventArrayParameters(2)}) with ordinality
      as event (sequence, ${EVENT_COLUMN_NAMES}, nth)
    order by nth
    returning position
  )
  insert into saga.outbox (position) select position from recorded`);

/**
 * Records events and queues them for publication, in the caller's transaction: takes a `Tx`, not a `Db`, for an event
 * must not be queued without being recorded, nor recorded without what it tells of.
 * `occurredAt` is the transaction's time by the database's clock.
 */
export const record = async (
  tx: Tx,
  { writer, occurredAt }: { readonly writer: Writer; readonly occurredAt: string },
  events: readonly NewEvent[],
): Promise<readonly Recorded[]> => {
  if (events.length === 0) return [];
  const recorded = events.map((event) => envelop(writer, event, occurredAt));
  const sequences = events.map(({ sequence }) => sequence);
  const columns = eventArrays(recorded.map(({ envelope }) => envelope));
  await RECORD(tx, [sequences, ...columns]);
  return recorded;
};
