import { type Db, statement } from '../database/index.ts';
import { STORED_COLUMNS, type StoredRecorded, type StoredRow, storedRecordedOf } from '../projection/index.ts';

const EVENTS_AT_ONCE = 5_000;
/** An event of another service may be 256 kB: thousands of those at once would not fit into memory. */
const BYTES_AT_ONCE = 16_777_216;

// The first one is always there, however large.
const NEXT = statement<StoredRow>(`
  select ${STORED_COLUMNS} from (
    select event.*, sum(octet_length(data::text)) over (order by position) - octet_length(data::text) as bytes_before
    from (
      select ${STORED_COLUMNS} from audit.event_store
      where position > $1::bigint and position <= $2::bigint order by position limit ${EVENTS_AT_ONCE}
    ) as event
  ) as sized
  where bytes_before < ${BYTES_AT_ONCE}
  order by position`);

/** A stretch of the store: above `after`, up to `upTo`. */
interface Stretch {
  readonly after: bigint;
  readonly upTo: bigint;
}

const readBatch = async (db: Db, { after, upTo }: Stretch): Promise<readonly StoredRecorded[]> =>
  (await NEXT(db, [String(after), String(upTo)])).map(storedRecordedOf);

/**
 * All events of a stretch, in store order and large batches. Below `upTo` nothing may be under way: of several writers one
 * may store at a lower position later.
 */
export async function* eventBatches(db: Db, { after, upTo }: Stretch): AsyncGenerator<readonly StoredRecorded[]> {
  let batch = await readBatch(db, { after, upTo });
  for (let last = batch.at(-1); last !== undefined; last = batch.at(-1)) {
    const next = readBatch(db, { after: last.position, upTo });
    // Read ahead while the batch is folded. Should folding fail, nobody is left to hear of this read.
    next.catch(() => {});
    yield batch;
    batch = await next;
  }
}
