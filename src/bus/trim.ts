import type { Redis } from 'ioredis';
import { readGroups } from './group-info.ts';

/** Entries younger than this stay, for those who read without a group. */
const KEPT_MS = 60_000;

const parseId = (id: string): readonly [bigint, bigint] => {
  const [ms = '0', nth = '0'] = id.split('-');
  return [BigInt(ms), BigInt(nth)];
};

/** Negative, zero or positive as the first entry id stands before, at or behind the second. */
export const compareEntryIds = (first: string, second: string): number => {
  const [firstMs, firstNth] = parseId(first);
  const [secondMs, secondNth] = parseId(second);
  if (firstMs !== secondMs) return firstMs < secondMs ? -1 : 1;
  if (firstNth === secondNth) return 0;
  return firstNth < secondNth ? -1 : 1;
};

const smallest = (ids: readonly string[]): string | null =>
  ids.reduce<string | null>((least, id) => (least === null || compareEntryIds(id, least) < 0 ? id : least), null);

/** The first id behind it. */
export const nextEntryId = (id: string): string => {
  const [ms, nth] = parseId(id);
  return `${ms}-${nth + 1n}`;
};

/**
 * Groups of the stream that are not among the expected ones, and have not handled what those have: they alone keep the
 * stream from being trimmed.
 */
export const strangersBehind = async (
  redis: Redis,
  stream: string,
  expectedGroups: readonly string[],
): Promise<readonly string[]> => {
  const bounds = await boundsOf(redis, stream);
  const ours = smallest(expectedGroups.flatMap((group) => bounds.get(group) ?? []));
  if (ours === null) return [];
  const strangers = [...bounds].filter(([group]) => !expectedGroups.includes(group));
  return strangers.filter(([, id]) => compareEntryIds(id, ours) < 0).map(([group]) => group);
};

/** For each group the entry id below which it has handled everything. */
const boundsOf = async (redis: Redis, stream: string): Promise<ReadonlyMap<string, string>> => {
  if ((await redis.exists(stream)) === 0) return new Map();
  const bounds = (await readGroups(redis, stream)).map(async ({ name, lastDeliveredId }) => {
    const [, firstPending] = (await redis.xpending(stream, name)) as [number, string | null];
    return [name, firstPending ?? nextEntryId(lastDeliveredId)] as const;
  });
  return new Map(await Promise.all(bounds));
};

/**
 * The entry id below which every group of the stream has handled everything; null when nothing can be said, because
 * a group of `expectedGroups` is missing. `lag` of XINFO is not consulted: it stays wrong after a trim.
 */
export const handledBelow = async (
  redis: Redis,
  stream: string,
  expectedGroups: readonly string[],
): Promise<string | null> => {
  const bounds = await boundsOf(redis, stream);
  if (expectedGroups.some((expected) => !bounds.has(expected))) return null;
  return smallest([...bounds.values()]);
};

/** Trims a stream that has grown beyond `retention` entries, but only what lies below `handledBelow` and is not fresh. */
export const trimStream = async (
  redis: Redis,
  stream: string,
  { handledId, retention }: { readonly handledId: string; readonly retention: number },
): Promise<number> => {
  if ((await redis.xlen(stream)) <= retention) return 0;
  const [seconds] = await redis.time();
  const freshId = `${Number(seconds) * 1_000 - KEPT_MS}-0`;
  // MINID, never MAXLEN: entries trimmed before a group has read them are skipped without an error.
  return redis.xtrim(stream, 'MINID', smallest([handledId, freshId]) ?? '0-0');
};
