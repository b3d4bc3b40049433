import type { Db } from '../database/index.ts';
import { stored } from './queries.ts';
import { type StoredRecorded, storedRecordedOf } from './stored-event.ts';

const EVENTS_AT_ONCE = 5_000;

const readBatch = async (db: Db, after: bigint): Promise<readonly StoredRecorded[]> => {
  const rows = await stored(db)
    .where('position', '>', String(after))
    .orderBy('position')
    .limit(EVENTS_AT_ONCE)
    .execute();
  return rows.map(storedRecordedOf);
};

/** All events above a position, in store order and large batches; ends at the first batch that is not full. */
export async function* eventBatches(db: Db, after: bigint): AsyncGenerator<readonly StoredRecorded[]> {
  let batch = await readBatch(db, after);
  while (batch.length === EVENTS_AT_ONCE) {
    const next = readBatch(db, batch.at(-1)?.position ?? after);
    // Read ahead while the batch is folded. Should folding fail, nobody is left to hear of this read.
    next.catch(() => {});
    yield batch;
    batch = await next;
  }
  if (batch.length > 0) yield batch;
}
