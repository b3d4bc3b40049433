import { type Partitioning, partitionKey, streamOfKey } from '../../events/index.ts';

/** What is leased as one: a partition of all streams of a group, by its number, or the streams without partitions. */
export type Unit = 'plain' | `${number}`;

const numbered = (from: number, to: number): readonly Unit[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, nth): Unit => `${from + nth}`);

/** All units: first those that new events go to, which make the work; then those that may hold events from before. */
export const unitsOf = ({ partitions, most }: Partitioning): readonly [busy: readonly Unit[], idle: readonly Unit[]] =>
  partitions === 1
    ? [['plain'], numbered(0, most)]
    : [numbered(0, partitions), [...numbered(partitions, most), 'plain']];

/** The unit that a key of a stream belongs to. */
export const unitOf = (key: string): Unit => {
  const stream = streamOfKey(key);
  return stream === key ? 'plain' : `${Number(key.slice(stream.length).replace(/\D/g, ''))}`;
};

/** The streams of a unit, by their keys. */
export const streamsOf = (unit: Unit, streams: readonly string[]): readonly string[] =>
  unit === 'plain' ? streams : streams.map((stream) => partitionKey(stream, Number(unit)));
