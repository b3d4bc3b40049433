import type { Redis } from 'ioredis';
import { openBlockingRedis } from './redis.ts';
import type { Membership, StreamEntry, StreamGroup } from './stream-group.ts';

type RawEntries = readonly (readonly [id: string, fields: readonly string[] | null])[];
type RawReply = readonly (readonly [stream: string, entries: RawEntries])[] | null;
type RawPending = readonly (readonly [id: string, consumer: string, idleMs: number, deliveries: number])[];

const entriesOf = (reply: RawReply): readonly StreamEntry[] => asEntries(reply?.[0]?.[1] ?? []);

/** An entry that was deleted while it was pending comes without fields. */
const asEntries = (raw: RawEntries): readonly StreamEntry[] =>
  raw.map(([id, fields]) => ({ id, fields: fields ?? [] }));

/** Source: redis.io/commands/xgroup-create. */
const ensureGroup = async (redis: Redis, { stream, group }: Membership, afterId: string): Promise<boolean> => {
  try {
    await redis.xgroup('CREATE', stream, group, afterId, 'MKSTREAM');
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('BUSYGROUP')) return false;
    throw error;
  }
};

const takeOver = async (
  redis: Redis,
  { stream, group, consumer }: Membership,
  { idleMs, ids }: { readonly idleMs: number; readonly ids: readonly string[] },
): Promise<readonly StreamEntry[]> => {
  if (ids.length === 0) return [];
  const reply = (await redis.xclaim(stream, group, consumer, idleMs, ...ids)) as (RawEntries[number] | null)[];
  return asEntries(reply.filter((entry) => entry !== null));
};

// Answered as one text, which the platform takes apart in a quarter of the time that the client takes for as many values.
// False when there is nothing new.
const READ_AT_ONCE = `
  return cjson.encode(redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>'))`;

const readAtOnce = async (
  redis: Redis,
  { stream, group, consumer }: Membership,
  count: number,
): Promise<readonly StreamEntry[]> => {
  const answer = (await redis.eval(READ_AT_ONCE, 1, stream, group, consumer, count)) as string;
  return entriesOf((JSON.parse(answer) as RawReply | false) || null);
};

/** A member of a group on Redis, with a connection of its own, for its reads block. */
export const openRedisStreamGroup = (
  redisUrl: string,
  membership: Membership,
  silenceTimeoutMs?: number,
): StreamGroup => {
  const redis = openBlockingRedis(redisUrl, silenceTimeoutMs);
  const { stream, group, consumer } = membership;
  const readAs = ['GROUP', group, consumer, 'COUNT'] as const;
  return {
    ensureGroup: (afterId) => ensureGroup(redis, membership, afterId),
    readNew: async ({ count, blockMs }) =>
      blockMs === null
        ? readAtOnce(redis, membership, count)
        : entriesOf(await redis.xreadgroup(...readAs, count, 'BLOCK', blockMs, 'STREAMS', stream, '>')),
    readOwnPending: async ({ count, afterId }) =>
      entriesOf(await redis.xreadgroup(...readAs, count, 'STREAMS', stream, afterId)),
    listPending: async ({ idleMs, count }) => {
      const rows = (await redis.xpending(stream, group, 'IDLE', idleMs, '-', '+', count)) as unknown as RawPending;
      return rows.map(([id, , , deliveries]) => ({ id, deliveries }));
    },
    claim: (request) => takeOver(redis, membership, request),
    deliveriesOf: async (id) => {
      const rows = (await redis.xpending(stream, group, id, id, 1)) as unknown as RawPending;
      return rows[0]?.[3] ?? 1;
    },
    acknowledge: async (ids) => {
      if (ids.length > 0) await redis.xack(stream, group, ...ids);
    },
    close: () => redis.disconnect(),
  };
};
