import type { PartitionStanding, Standing } from './look.ts';

const counted = (partitions: number): string => (partitions === 1 ? 'one partition' : `${partitions} partitions`);

/** By how many partitions the journals are published, for people. */
export const describePublished = (published: Standing['published']): string =>
  [...published].map(([journal, by]) => `${journal}: ${by === null ? 'nobody' : counted(by)}`).join(', ');

const nameOf = ({ partition }: PartitionStanding): string => (partition === null ? 'streams' : `{${partition}}`);

const lineOf = (standing: PartitionStanding, { partitions }: Standing['partitioning']): string => {
  const waiting = standing.waiting === null ? '?' : standing.waiting.toLocaleString('en');
  const since = standing.behindMs === 0 ? '' : `  since ${(standing.behindMs / 1_000).toFixed(1)} s`;
  const isLeft = standing.partition !== null && (partitions === 1 || standing.partition >= partitions);
  return `  ${nameOf(standing).padEnd(8)} ${waiting.padStart(9)} waiting${since}${isLeft ? '  (new events go elsewhere)' : ''}`;
};

/** How the streams are divided, for people. */
export const describeStanding = ({ partitioning, published, partitions }: Standing): string => {
  const { partitions: now, most } = partitioning;
  const ever = most === now ? '' : `; there were ${most} at most`;
  const relays = most === 1 ? [] : [`Relays publish by ${describePublished(published)}.`];
  return [
    `New events go to ${counted(now)}${ever}.`,
    ...relays,
    ...partitions.map((standing) => lineOf(standing, partitioning)),
    '',
  ].join('\n');
};
