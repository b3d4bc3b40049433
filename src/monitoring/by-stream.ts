import { streamOfKey } from '../events/index.ts';
import type { ConsumerGroup } from './consumer-groups.ts';

type Known = (group: ConsumerGroup) => number | null;

/** Redis has such a group. */
const isThere = ({ consumers }: ConsumerGroup): boolean => consumers !== null;

const sumOf = (groups: readonly ConsumerGroup[], of: Known): number | null =>
  groups.map(of).reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);

const most = (groups: readonly ConsumerGroup[], of: Known): number | null => {
  const known = groups.map(of).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** A group on all partitions of a stream taken together: a partition where it is not yet counts as empty. */
const together = (stream: string, all: readonly ConsumerGroup[], first: ConsumerGroup): ConsumerGroup => {
  const there = all.filter(isThere);
  const counted = there.length === 0 ? all : there;
  return {
    ...first,
    stream,
    lag: sumOf(counted, ({ lag }) => lag),
    pending: sumOf(counted, ({ pending }) => pending),
    behindSeconds: most(counted, ({ behindSeconds }) => behindSeconds),
    deliveries: most(counted, ({ deliveries }) => deliveries),
    consumers: most(counted, ({ consumers }) => consumers),
    deadLetters: all.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
  };
};

const keyOf = ({ stream, group }: ConsumerGroup): string => `${streamOfKey(stream)}\n${group}`;

/** Groups with their streams, all partitions of one taken together: what waits is added up, the longest wait counts. */
export const byStream = (groups: readonly ConsumerGroup[]): readonly ConsumerGroup[] => {
  return [...Map.groupBy(groups, keyOf).values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    return all.length === 1 ? first : together(streamOfKey(first.stream), all, first);
  });
};
