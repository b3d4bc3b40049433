import type { Db } from '../database/index.ts';
import { type Positions, positionIn } from '../events/index.ts';
import { Conflict } from '../platform/index.ts';
import type { Owed } from './endpoint.ts';
import { allEndpoints, type KeptEndpoint, savePlace } from './endpoint-rows.ts';

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

/** Their leaders go by what is read anew: what they still note is not noted. @throws {Conflict} when an operator is quicker */
const bringBack = async (db: Db, endpoints: readonly KeptEndpoint[], stored: Positions): Promise<void> => {
  for (const endpoint of endpoints)
    if ((await savePlace(db, { ...endpoint, ...asFarAsStored(endpoint, stored) })) === null)
      throw new Conflict('The endpoint is being changed by others.');
};

/**
 * No endpoint stands further than the event store reaches, by the last position of each of its partitions. Returns how many
 * did. While nobody delivers.
 */
export const bringBackEndpoints = async (db: Db, stored: Positions): Promise<number> => {
  const beyond = (await allEndpoints(db)).filter((endpoint) => isBeyond(endpoint, stored));
  await bringBack(db, beyond, stored);
  return beyond.length;
};

/** The same while others deliver: of those, too, that stand no further by what is noted, for whoever leads them may have seen more. */
export const resumeEndpoints = async (db: Db, stored: Positions): Promise<void> =>
  bringBack(db, await allEndpoints(db), stored);
