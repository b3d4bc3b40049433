import { changePartitions } from '../../src/audit/index.ts';
import type { Database } from '../../src/database/index.ts';
import { partitionOf } from '../../src/events/index.ts';

/** Divides the event store anew, while nobody stores. */
export const divide = async (database: Pick<Database, 'pool'>, partitions: number): Promise<void> => {
  await changePartitions(database, partitions);
};

/** An id that begins like that, of that partition. */
export const idIn = (partition: number, partitions: number, stem: string): string => {
  for (let nth = 0; ; nth += 1) {
    const id = `${stem}${nth}`;
    if (partitionOf(id, partitions) === partition) return id;
  }
};
