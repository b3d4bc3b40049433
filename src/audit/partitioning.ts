import {
  type Database,
  type Db,
  noteNeed,
  type Runner,
  runTransaction,
  type Statement,
  statement,
} from '../database/index.ts';
import { type Partitioning, UNPARTITIONED } from '../events/index.ts';
import { becomeOnlyWriter } from './locks.ts';

const READ = statement<Partitioning>('select partitions, most from audit.partitioning');

/** How the streams and the event store are divided now. */
export const partitioningIn = async (runner: Runner | Db): Promise<Partitioning> =>
  (await READ(runner))[0] ?? UNPARTITIONED;

// The time of the change itself: what began before it, and waited for it to begin or waits for it to end, is not after it.
const SET = `
  update audit.partitioning
  set partitions = $1, most = greatest(most, $1), version = version + 1, changed_at = clock_timestamp()
  where partitions <> $1`;

const CHANGE: Statement<Partitioning> = statement(`${SET} returning partitions, most`);
const BEGIN_WITH: Statement<Partitioning> = statement(
  `${SET} and version = 1 and not exists (select from audit.event_store) returning partitions, most`,
);

/** While nobody stores anything: what is under way is stored by the layout that it began with. */
const changeBy = (
  { pool }: Pick<Database, 'pool'>,
  change: Statement<Partitioning>,
  partitions: number,
): Promise<Partitioning> =>
  runTransaction(pool, async (tx) => {
    await becomeOnlyWriter(tx);
    const [changed] = await change(tx, [partitions]);
    const now = changed ?? (await partitioningIn(tx));
    // Also where there are none any more: what they hold is still read.
    if (now.most > 1) await noteNeed(tx, 'partitions');
    return now;
  });

/** From now on there are so many partitions: 1 to 64. Returns how the streams are divided then. */
export const changePartitions = (database: Pick<Database, 'pool'>, partitions: number): Promise<Partitioning> =>
  changeBy(database, CHANGE, partitions);

/** The same, unless anything was stored, or the layout changed, before. */
export const beginWithPartitions = (database: Pick<Database, 'pool'>, partitions: number): Promise<Partitioning> =>
  changeBy(database, BEGIN_WITH, partitions);
