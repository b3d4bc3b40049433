import type { Redis } from 'ioredis';
import { hasHandled, newestEntryId } from '../bus/index.ts';
import type { RoutingPorts } from './routing.ts';

interface Place {
  readonly stream: string;
  readonly group: string;
  readonly upTo: string;
}

/** Of each stream the groups that handle it. */
type Groups = ReadonlyMap<string, readonly string[]>;

const placesNow = async (redis: Redis, groups: Groups): Promise<readonly Place[]> => {
  const places = [...groups].map(async ([stream, names]) => {
    const upTo = await newestEntryId(redis, stream);
    return upTo === null ? [] : names.map((group) => ({ stream, group, upTo }));
  });
  return (await Promise.all(places)).flat();
};

/** How far the streams go in Redis, and whether their groups are there; a place that has come so far is not asked again. */
export const redisStanding =
  (redis: Redis, groups: () => Groups): RoutingPorts['standing'] =>
  async () => {
    let left = await placesNow(redis, groups());
    return async () => {
      const handled = await Promise.all(left.map((place) => hasHandled(redis, place, place.upTo)));
      left = left.filter((_, nth) => handled[nth] !== true);
      return left.length === 0;
    };
  };
