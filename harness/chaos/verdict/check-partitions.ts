import { partitionHashOf } from '../../support/partition-hash.ts';
import type { Division, Event } from './records.ts';
import { type Check, violationOf } from './violation.ts';

/** Where it may be: before the last change, by any number that there may have been. */
const placesOf = (event: Event, division: Division): readonly number[] => {
  const hash = partitionHashOf(event.aggregate_id);
  if ((event.recorded_at_ms ?? 0) > division.changed_at_ms) return [hash % division.partitions];
  return Array.from({ length: division.most }, (_, fewer) => hash % (fewer + 1));
};

/** All events of an aggregate are in one partition, which its id tells. */
export const eachInItsPartition: Check = (evidence) =>
  evidence.store.flatMap((event) => {
    const { type, aggregate_id, partition = 0 } = event;
    const places = evidence.division === null ? [0] : placesOf(event, evidence.division);
    if (places.includes(partition)) return [];
    const right = [...new Set(places)].join(' or ');
    return [violationOf(evidence, ['I-6', aggregate_id, `${type} is in partition ${partition}, not ${right}`])];
  });
