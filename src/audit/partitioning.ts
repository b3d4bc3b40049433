import { type Db, type Runner, statement } from '../database/index.ts';
import { type Partitioning, UNPARTITIONED } from '../events/index.ts';

const READ = statement<Partitioning>('select partitions, most from audit.partitioning');

/** How the streams and the event store are divided now. */
export const partitioningIn = async (runner: Runner | Db): Promise<Partitioning> =>
  (await READ(runner))[0] ?? UNPARTITIONED;
