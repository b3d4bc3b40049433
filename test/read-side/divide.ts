import { becomeOnlyWriter } from '../../src/audit/locks.ts';
import { type Database, runTransaction, statement } from '../../src/database/index.ts';
import { partitionOf } from '../../src/events/index.ts';

const SET = statement(`
  update audit.partitioning
  set partitions = $1, most = greatest(most, $1), version = version + 1, changed_at = clock_timestamp()`);

/** Divides the event store anew, while nobody stores. */
export const divide = ({ pool }: Pick<Database, 'pool'>, partitions: number): Promise<void> =>
  runTransaction(pool, async (tx) => {
    await Promise.all([becomeOnlyWriter(tx), SET(tx, [partitions])]);
  });

/** An id that begins like that, of that partition. */
export const idIn = (partition: number, partitions: number, stem: string): string => {
  for (let nth = 0; ; nth += 1) {
    const id = `${stem}${nth}`;
    if (partitionOf(id, partitions) === partition) return id;
  }
};
