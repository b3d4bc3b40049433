import { type Redis, ReplyError } from 'ioredis';
import { type Check, ENOUGH_OFFENDERS, findingOf, type Inspected, type Offender } from './check.ts';
import { isNobodysRedis } from './nobodys-redis.ts';

type Looking = Pick<Inspected, 'redis' | 'graceSeconds' | 'groups'>;

interface Place {
  readonly stream: string;
  readonly group: string;
}

type PendingRow = readonly [id: string, consumer: string, idleMs: number, deliveries: number];

/** Redis gives ids by its own clock, so it is that clock that tells how old an entry is. */
const nowMsOf = async (redis: Redis): Promise<number> => Number((await redis.time())[0]) * 1_000;

const nameOf = ({ stream, group }: Place, id: string): string => `${stream} ${id} ${group}`;

/**
 * Told by when an entry was added: each delivery of one that fails, and each claim, begins its idle time anew. The oldest come
 * first, and are enough.
 */
const pendingTooLong = async (redis: Redis, place: Place, graceMs: number): Promise<readonly Offender[]> => {
  const { stream, group } = place;
  const nowMs = await nowMsOf(redis);
  const rows = (await redis.xpending(stream, group, '-', '+', ENOUGH_OFFENDERS)) as PendingRow[];
  const ageMsOf = (id: string): number => nowMs - Number(id.split('-')[0]);
  return rows
    .filter(([id, , idleMs]) => Math.max(idleMs, ageMsOf(id)) >= graceMs)
    .map(([id, consumer, , deliveries]) => ({
      name: nameOf(place, id),
      detail: `with ${consumer}, delivery ${deliveries}, added ${Math.round(ageMsOf(id) / 1_000)} s ago`,
    }));
};

const instantOf = async (redis: Redis, graceMs: number): Promise<string> =>
  `${Math.max(0, (await nowMsOf(redis)) - graceMs)}-0`;

const undelivered = async (redis: Redis, place: Place, graceMs: number): Promise<readonly Offender[]> => {
  const groups = (await redis.xinfo('GROUPS', place.stream)) as readonly unknown[][];
  const info = groups.find((fields) => fields[fields.indexOf('name') + 1] === place.group);
  if (info === undefined) return [{ name: nameOf(place, '-'), detail: 'the consumer group is missing' }];
  const lastDelivered = String(info[info.indexOf('last-delivered-id') + 1]);
  const until = await instantOf(redis, graceMs);
  const entries = await redis.xrange(place.stream, `(${lastDelivered}`, until, 'COUNT', ENOUGH_OFFENDERS);
  return entries.map(([id]) => ({ name: nameOf(place, id), detail: 'not delivered' }));
};

const lookInto = async ({ redis, graceSeconds }: Looking, place: Place): Promise<readonly Offender[]> => {
  // A stream begins with its first event, and its groups with it.
  if ((await redis.exists(place.stream)) === 0) return [];
  const waiting = await undelivered(redis, place, graceSeconds * 1_000);
  if (waiting.some(({ detail }) => detail.includes('missing'))) return waiting;
  return [...waiting, ...(await pendingTooLong(redis, place, graceSeconds * 1_000))];
};

/** What Redis says of a place that is no stream is said of that place alone. */
const inspect = async (inspected: Looking, place: Place): Promise<readonly Offender[]> => {
  try {
    return await lookInto(inspected, place);
  } catch (error) {
    if (!(error instanceof Error && error instanceof ReplyError)) throw error;
    return [{ name: nameOf(place, '-'), detail: error.message }];
  }
};

/** Entries that a group has not been given, or was given and has not handled, for longer than the grace. */
export const unhandledIn = async (looking: Looking): Promise<readonly Offender[]> => {
  const found: Offender[] = [];
  for (const [stream, groups] of looking.groups)
    for (const group of groups) found.push(...(await inspect(looking, { stream, group })));
  return found;
};

/** It would look like one in which all is delivered. */
const refuseNobodys = async ({ redis, sessions }: Inspected): Promise<void> => {
  if (await isNobodysRedis(redis, sessions))
    throw new Error(
      'this Redis names no owner, and there are events: it was emptied and nobody runs, or it is not the one that panier uses',
    );
};

/** Every consumer group is delivered what is on its streams, and acknowledges it. */
export const DELIVERY_CHECK: Check = {
  rule: 'every entry of a stream is delivered to every group, and acknowledged',
  find: async (inspected, among) => {
    await refuseNobodys(inspected);
    return findingOf(await unhandledIn(inspected), among);
  },
};
