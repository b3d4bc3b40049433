import type { Redis } from 'ioredis';
import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import type { Fault, FaultContext } from './fault.ts';

type Rows = readonly (readonly (string | number)[])[];

interface Place {
  readonly redis: Redis;
  readonly stream: string;
  readonly random: Random;
}

/** One blow; how much it hit. What is read at once is not hit, so it is struck again and again. */
interface Damage {
  readonly name: string;
  readonly strike: (place: Place) => Promise<number>;
}

const NEWEST = 20;
const PAUSE_MS = 20;
const MAX_MS = 2_000;

const fieldOf = (row: Rows[number], name: string): string => String(row[row.indexOf(name) + 1]);

const groupsOf = async ({ redis, stream }: Place): Promise<readonly string[]> =>
  ((await redis.xinfo('GROUPS', stream)) as Rows).map((row) => fieldOf(row, 'name'));

const deleteNewest = async ({ redis, stream, random }: Place): Promise<number> => {
  const newest = await redis.xrevrange(stream, '+', '-', 'COUNT', NEWEST);
  const ids = newest.map(([id]) => id).filter(() => random.chance(0.5));
  return ids.length === 0 ? 0 : redis.xdel(stream, ...ids);
};

const deletePending = async (place: Place): Promise<number> => {
  const { redis, stream, random } = place;
  const groups = await groupsOf(place);
  if (groups.length === 0) return 0;
  const pending = (await redis.xpending(stream, random.pick(groups), '-', '+', NEWEST)) as unknown as Rows;
  return pending.length === 0 ? 0 : redis.xdel(stream, ...pending.map(([id]) => String(id)));
};

const skip = async (place: Place): Promise<number> => {
  const groups = await groupsOf(place);
  if (groups.length === 0) return 0;
  await place.redis.xgroup('SETID', place.stream, place.random.pick(groups), '$');
  return 1;
};

const deleteConsumers = async (place: Place): Promise<number> => {
  const { redis, stream } = place;
  let dropped = 0;
  for (const group of await groupsOf(place)) {
    const consumers = (await redis.xinfo('CONSUMERS', stream, group)) as Rows;
    const busy = consumers.filter((consumer) => fieldOf(consumer, 'pending') !== '0');
    for (const consumer of busy)
      dropped += Number(await redis.xgroup('DELCONSUMER', stream, group, fieldOf(consumer, 'name')));
  }
  return dropped;
};

const DAMAGES: readonly Damage[] = [
  { name: 'new entries deleted', strike: deleteNewest },
  { name: 'pending entries deleted', strike: deletePending },
  { name: 'entries trimmed away', strike: ({ redis, stream }) => redis.xtrim(stream, 'MAXLEN', 0) },
  { name: 'groups set to the end', strike: skip },
  { name: 'pending entries lost with their consumers', strike: deleteConsumers },
];

const strikeFor = async (
  ms: number,
  { strike }: Damage,
  { stage: { redis, streams }, random }: FaultContext,
): Promise<number> => {
  const endsAt = performance.now() + ms;
  let hit = 0;
  while (performance.now() < endsAt) {
    const stream = random.pick(streams.inUse);
    if ((await redis.client.exists(stream)) === 1) hit += await strike({ redis: redis.client, stream, random });
    await sleep(PAUSE_MS);
  }
  return hit;
};

/** Somebody damages streams and groups by hand. The marks beside the streams stand, so that no relay sees it. */
export const damage: Fault = {
  place: 'redis',
  strike: async (context) => {
    const done: string[] = [];
    let all = 0;
    for (const each of context.random.shuffle(DAMAGES)) {
      const hit = await strikeFor(context.random.between(MAX_MS / 4, MAX_MS), each, context);
      done.push(`${hit} ${each.name}`);
      all += hit;
    }
    return all === 0 ? null : done.join(', ');
  },
};
