import { partitionHashOf } from '../../support/partition-hash.ts';
import type { MemoryDatabase } from '../memory/database.ts';
import type { Rule } from './violation.ts';

/** How many partitions there were when a position was handed out. */
const partitionsAt = ({ divisions }: MemoryDatabase, position: bigint): number =>
  divisions.findLast(({ after }) => position > after)?.partitions ?? 1;

/** An event is in the partition of its aggregate, by how the store was divided when it was stored. */
export const partitionsAreRight: Rule = ({ database }) =>
  [...database.events.committed.values()].flatMap(({ envelope, position, partition }) => {
    const right = partitionHashOf(envelope.aggregateId) % partitionsAt(database, position);
    if (partition === right) return [];
    const what = `${envelope.type} ${envelope.eventId} is in partition ${partition}, not ${right}`;
    return [{ rule: 'an aggregate is in one partition', what, aggregateId: envelope.aggregateId }];
  });

/** The writers of the event store wait in no ring. */
export const noRings: Rule = ({ database }) =>
  database.counts.has('rings of writers')
    ? [{ rule: 'writers wait in no ring', what: `${database.counts.get('rings of writers')} deadlocks` }]
    : [];
