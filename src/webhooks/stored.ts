import type { Db } from '../database/index.ts';
import { type Positions, positionIn } from '../events/index.ts';
import type { Owed } from './endpoint.ts';
import { allEndpoints, savePlace } from './endpoint-rows.ts';

interface Reached {
  readonly head: Positions;
  readonly owed: readonly Owed[];
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/**
 * As far as the event store reaches. One that was restored, or lost its end, gives positions out again: whoever has seen
 * more than it holds would pass over what comes there next.
 */
export const asFarAsStored = ({ head, owed }: Reached, stored: Positions): Reached => ({
  head: new Map(
    [...head].map(([partition, position]) => [partition, least(position, positionIn(stored, partition))] as const),
  ),
  owed: owed.filter(({ partition, position }) => position <= positionIn(stored, partition)),
});

const isBeyond = ({ head, owed }: Reached, stored: Positions): boolean =>
  [...head].some(([partition, position]) => position > positionIn(stored, partition)) ||
  owed.some(({ partition, position }) => position > positionIn(stored, partition));

/**
 * No endpoint stands further than the event store reaches, by the last position of each of its partitions. Returns how many
 * did. While nobody delivers.
 */
export const bringBackEndpoints = async (db: Db, stored: Positions): Promise<number> => {
  const beyond = (await allEndpoints(db)).filter((endpoint) => isBeyond(endpoint, stored));
  for (const endpoint of beyond) await savePlace(db, { ...endpoint, ...asFarAsStored(endpoint, stored) });
  return beyond.length;
};
