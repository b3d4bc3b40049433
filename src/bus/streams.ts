import type { Redis } from 'ioredis';
import type { Stream } from '../events/index.ts';

/** An entry as Redis hands it over: its id, and its fields, name and value in turn. */
export interface StreamEntry {
  readonly id: string;
  readonly fields: readonly string[];
}

export interface Membership {
  readonly stream: Stream;
  readonly group: string;
  readonly consumer: string;
}

type RawEntries = readonly (readonly [id: string, fields: readonly string[] | null])[];
type RawReply = readonly (readonly [stream: string, entries: RawEntries])[] | null;

const entriesOf = (reply: RawReply): readonly StreamEntry[] => asEntries(reply?.[0]?.[1] ?? []);

/** An entry that was deleted while it was pending comes without fields. */
const asEntries = (raw: RawEntries): readonly StreamEntry[] =>
  raw.map(([id, fields]) => ({ id, fields: fields ?? [] }));

/** Makes the consumer group, unless it is there. Returns whether it was made. Source: redis.io/commands/xgroup-create. */
export const ensureGroup = async (redis: Redis, { stream, group }: Membership): Promise<boolean> => {
  try {
    // Id 0, never $: a group created again after a flush would skip what was published meanwhile.
    await redis.xgroup('CREATE', stream, group, '0', 'MKSTREAM');
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('BUSYGROUP')) return false;
    throw error;
  }
};

/** New entries for this consumer; waits up to `blockMs` for the first. */
export const readNew = async (
  redis: Redis,
  { stream, group, consumer }: Membership,
  { count, blockMs }: { readonly count: number; readonly blockMs: number },
): Promise<readonly StreamEntry[]> => {
  const options = ['COUNT', count, 'BLOCK', blockMs, 'STREAMS', stream, '>'] as const;
  const reply: RawReply = await redis.xreadgroup('GROUP', group, consumer, ...options);
  return entriesOf(reply);
};

/** Entries after `afterId` that this consumer was given before and has not acknowledged. */
export const readOwnPending = async (
  redis: Redis,
  { stream, group, consumer }: Membership,
  { count, afterId }: { readonly count: number; readonly afterId: string },
): Promise<readonly StreamEntry[]> => {
  const options = ['COUNT', count, 'STREAMS', stream, afterId] as const;
  const reply: RawReply = await redis.xreadgroup('GROUP', group, consumer, ...options);
  return entriesOf(reply);
};

export interface Pending {
  readonly id: string;
  readonly deliveries: number;
}

/** Entries that nobody has acknowledged for `idleMs`, and how often each was delivered. */
export const listPending = async (
  redis: Redis,
  { stream, group }: Membership,
  { idleMs, count }: { readonly idleMs: number; readonly count: number },
): Promise<readonly Pending[]> => {
  const rows = (await redis.xpending(stream, group, 'IDLE', idleMs, '-', '+', count)) as [
    string,
    string,
    number,
    number,
  ][];
  return rows.map(([id, , , deliveries]) => ({ id, deliveries }));
};

/** Takes over pending entries of consumers that have left them for `idleMs`. Entries that are gone are left out. */
export const claim = async (
  redis: Redis,
  { stream, group, consumer }: Membership,
  { idleMs, ids }: { readonly idleMs: number; readonly ids: readonly string[] },
): Promise<readonly StreamEntry[]> => {
  if (ids.length === 0) return [];
  const reply = (await redis.xclaim(stream, group, consumer, idleMs, ...ids)) as (RawEntries[number] | null)[];
  return asEntries(reply.filter((entry) => entry !== null));
};

/** How often the entry has been delivered to the group so far. */
export const deliveriesOf = async (redis: Redis, { stream, group }: Membership, id: string): Promise<number> => {
  const rows = (await redis.xpending(stream, group, id, id, 1)) as [string, string, number, number][];
  return rows[0]?.[3] ?? 1;
};

export const acknowledge = async (
  redis: Redis,
  { stream, group }: Membership,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length > 0) await redis.xack(stream, group, ...ids);
};
