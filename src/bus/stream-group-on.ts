import { type Redis, ReplyError } from 'ioredis';
import { type Membership, type Pending, type StreamEntry, type StreamGroup, StreamRefused } from './stream-group.ts';

type RawEntries = readonly (readonly [id: string, fields: readonly string[] | null])[];
type RawReply = readonly (readonly [stream: string, entries: RawEntries])[] | null;
type RawPending = readonly [id: string, consumer: string, idleMs: number, deliveries: number];

/** Redis answers with the key; what is known elsewhere is the stream. */
const entriesOf = ({ options }: Redis, reply: RawReply): readonly StreamEntry[] => {
  const { length } = options.keyPrefix ?? '';
  return (reply ?? []).flatMap(([key, entries]) => asEntries(key.slice(length), entries));
};

/** An entry that was deleted while it was pending comes without fields. */
const asEntries = (stream: string, raw: RawEntries): readonly StreamEntry[] =>
  raw.map(([id, fields]) => ({ stream, id, fields: fields ?? [] }));

/** Source: redis.io/commands/xpending. */
const asPending = (row: unknown): Pending => {
  const [id, consumer, , deliveries] = row as RawPending;
  return { id, consumer, deliveries };
};

/** What Redis answers, when that is an error, is about the stream that was asked for; a connection that fails is not. */
export const isReply = (error: unknown): boolean => error instanceof Error && error instanceof ReplyError;

const onStreamBy =
  (isOfStream: (error: unknown) => boolean) =>
  async <T>(stream: string, answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof Error && isOfStream(error))) throw error;
      throw new StreamRefused(`${stream}: ${error.message}`, { cause: error });
    }
  };

/** Source: redis.io/commands/xgroup-create. */
const isThere = (error: Error): false => {
  if (error.message.startsWith('BUSYGROUP')) return false;
  throw error;
};

const takeOver = async (
  redis: Redis,
  { group, consumer }: Membership,
  { stream, idleMs, ids }: Parameters<StreamGroup['claim']>[0],
): Promise<readonly StreamEntry[]> => {
  if (ids.length === 0) return [];
  const reply = (await redis.xclaim(stream, group, consumer, idleMs, ...ids)) as (RawEntries[number] | null)[];
  const there = reply.filter((entry) => entry !== null);
  return asEntries(stream, there);
};

// Answered as one text, which the platform takes apart in a quarter of the time that the client takes for as many values.
// False when there is nothing new.
const READ_AT_ONCE = `
  local streams = {}
  for nth = 1, #KEYS do streams[nth], streams[#KEYS + nth] = KEYS[nth], '>' end
  return cjson.encode(redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', unpack(streams)))`;

/** What there is now, without waiting. */
export const readAtOnce = async (
  redis: Redis,
  { group, consumer }: Membership,
  { streams, count }: Parameters<StreamGroup['readNew']>[0],
): Promise<readonly StreamEntry[]> => {
  const answer = (await redis.eval(READ_AT_ONCE, streams.length, ...streams, group, consumer, count)) as string;
  return entriesOf(redis, (JSON.parse(answer) as RawReply | false) || null);
};

const acknowledge = async (
  redis: Redis,
  group: string,
  entries: Parameters<StreamGroup['acknowledge']>[0],
): Promise<void> => {
  const byStream = [...Map.groupBy(entries, ({ stream }) => stream)];
  await Promise.all(byStream.map(([stream, those]) => redis.xack(stream, group, ...those.map(({ id }) => id))));
};

type Request = Parameters<StreamGroup['readNew']>[0];

/** What there is, or else what comes first within `blockMs`. */
export const readWaiting = async (
  redis: Redis,
  { group, consumer }: Membership,
  { streams, count, blockMs }: Request & { readonly blockMs: number },
): Promise<readonly StreamEntry[]> => {
  const newest = streams.map(() => '>');
  const as = ['GROUP', group, consumer, 'COUNT'] as const;
  return entriesOf(redis, await redis.xreadgroup(...as, count, 'BLOCK', blockMs, 'STREAMS', ...streams, ...newest));
};

interface GroupParts {
  /** For all that does not wait. */
  readonly redis: Redis;
  readonly membership: Membership;
  readonly readNew: StreamGroup['readNew'];
  readonly leave: StreamGroup['leave'];
  /** Whether a failure is about the stream that was asked for, and not about all. */
  readonly isOfStream: (error: unknown) => boolean;
  readonly close: () => void;
}

/** A member of a group on a Redis, whichever way it reads. */
export const streamGroupOn = ({ redis, membership, readNew, leave, isOfStream, close }: GroupParts): StreamGroup => {
  const { group, consumer } = membership;
  const readAs = ['GROUP', group, consumer, 'COUNT'] as const;
  const onStream = onStreamBy(isOfStream);
  return {
    ensureGroup: (stream, afterId) =>
      onStream(
        stream,
        redis.xgroup('CREATE', stream, group, afterId, 'MKSTREAM').then(() => true, isThere),
      ),
    readNew,
    readOwnPending: async ({ stream, count, afterId }) =>
      entriesOf(redis, await onStream(stream, redis.xreadgroup(...readAs, count, 'STREAMS', stream, afterId))),
    listPending: async ({ stream, idleMs, count, afterId }) => {
      const first = afterId === undefined ? '-' : `(${afterId}`;
      const rows = await redis.xpending(stream, group, 'IDLE', idleMs, first, '+', count);
      return rows.map(asPending);
    },
    claim: (request) => takeOver(redis, membership, request),
    deliveriesOf: async ({ stream, id }) => {
      const [pending] = (await redis.xpending(stream, group, id, id, 1)).map(asPending);
      return pending?.deliveries ?? 1;
    },
    acknowledge: (entries) => acknowledge(redis, group, entries),
    leave,
    close,
  };
};
