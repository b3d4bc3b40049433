import { keyBeside } from '../../events/index.ts';
import { markPlaces } from '../../relay/index.ts';
import type { Comparing } from './compare.ts';
import { type Entry, entriesOf } from './entries.ts';
import { tellApart } from './told-apart.ts';

/** In the stream's own slot. */
const besideOf = (stream: string): string => keyBeside(stream, 'restored');

const addAll = async ({ redis }: Comparing, key: string, entries: readonly Entry[]): Promise<void> => {
  await Promise.all(entries.map(({ fields }) => redis.xadd(key, '*', ...fields)));
};

const copyKept = async (parts: Comparing, stream: string): Promise<number> => {
  const { redis } = parts;
  await redis.del(besideOf(stream));
  let count = 0;
  for await (const entries of entriesOf(redis, stream)) {
    const told = await tellApart(parts, entries);
    const kept = told.filter(({ fate }) => fate === 'Theirs' || fate === 'Lacking').map(({ entry }) => entry);
    if (kept.length > 0) await addAll(parts, besideOf(stream), kept);
    count += kept.length;
  }
  return count;
};

const REPLACE = `
  redis.call('DEL', KEYS[1], unpack(KEYS, 3))
  if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1]) end`;

// In one step with the marks: a stream of which a mark says more than it holds would never be published again.
const replace = async ({ redis }: Comparing, stream: string): Promise<void> => {
  const marks = markPlaces([stream]).map(({ key }) => key);
  await redis.eval(REPLACE, 2 + marks.length, stream, besideOf(stream), ...marks);
};

/**
 * Leaves in the streams what other services said, and nothing else. Without their groups, it is delivered again; without
 * their marks, what is panier's own and was not handled is published again. What was handled is not: should a group lack
 * it, for it was restored to an earlier moment than the journal, the sweeps have to look from the beginning (`forgetSwept`).
 * Done a second time it does the same. Nobody may read or write the streams meanwhile. Returns how many entries were kept.
 */
export const mendStreams = async (parts: Comparing): Promise<number> => {
  let all = 0;
  for (const stream of parts.groups.keys()) {
    const kept = await copyKept(parts, stream);
    await replace(parts, stream);
    all += kept;
  }
  return all;
};
