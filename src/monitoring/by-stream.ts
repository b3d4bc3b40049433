import { streamOfKey } from '../events/index.ts';
import type { ConsumerGroup } from './consumer-groups.ts';

type Known = (group: ConsumerGroup) => number | null;

/** Redis has such a group. */
const isThere = ({ consumers }: ConsumerGroup): boolean => consumers !== null;

/** Or it has not, and all that is there has yet to be read. */
const isAwaited = (group: ConsumerGroup): boolean => isThere(group) || group.behindSeconds !== null;

/** Null: of one of them it is not known, or there is none. */
const sumOf = (groups: readonly ConsumerGroup[], of: Known): number | null =>
  groups.length === 0
    ? null
    : groups.map(of).reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);

const most = (groups: readonly ConsumerGroup[], of: Known): number | null => {
  const known = groups.map(of).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** A group on all partitions of a stream taken together: an empty partition where it is not yet counts for nothing. */
const together = (stream: string, all: readonly ConsumerGroup[], first: ConsumerGroup): ConsumerGroup => ({
  ...first,
  stream,
  lag: sumOf(all.filter(isAwaited), ({ lag }) => lag),
  pending: sumOf(all.filter(isThere), ({ pending }) => pending),
  behindSeconds: most(all, ({ behindSeconds }) => behindSeconds),
  pendingSeconds: most(all, ({ pendingSeconds }) => pendingSeconds),
  deliveries: most(all, ({ deliveries }) => deliveries),
  consumers: most(all, ({ consumers }) => consumers),
  deadLetters: all.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
});

const keyOf = ({ stream, group }: ConsumerGroup): string => `${streamOfKey(stream)}\n${group}`;

/** Groups with their streams, all partitions of one taken together: what waits is added up, the longest wait counts. */
export const byStream = (groups: readonly ConsumerGroup[]): readonly ConsumerGroup[] => {
  return [...Map.groupBy(groups, keyOf).values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    return all.length === 1 ? first : together(streamOfKey(first.stream), all, first);
  });
};
