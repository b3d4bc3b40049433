import type { Redis } from 'ioredis';
import { encodeEntry } from '../events/index.ts';
import type { Addition, MarkedStreams } from './outbox.ts';
import type { JournalName } from './record.ts';

/**
 * Where the mark of a journal stands beside a stream: the number of the last publication. The hash tag puts it in the
 * stream's own slot, so that one MULTI writes both, and whatever loses the one loses the other.
 */
export const markKey = (journal: JournalName, stream: string): string => `{${stream}}:published:${journal}`;

const add = async (redis: Redis, journal: JournalName, { stream, number, envelopes }: Addition) => {
  const transaction = redis.multi();
  for (const envelope of envelopes) transaction.xadd(stream, '*', ...encodeEntry(envelope));
  transaction.set(markKey(journal, stream), String(number), 'GET');
  const replies = (await transaction.exec()) ?? [];
  const failure = replies.find(([error]) => error !== null)?.[0];
  if (failure || replies.length !== envelopes.length + 1)
    throw failure ?? new Error(`Redis refused to add to ${stream}`);
  const [lastAdded, mark] = replies.slice(-2).map(([, reply]) => reply);
  return { lastEntryId: String(lastAdded), markBefore: BigInt(typeof mark === 'string' ? mark : 0) };
};

const readMarks = async (redis: Redis, journal: JournalName, streams: readonly string[]) => {
  const marks = await Promise.all(streams.map((stream) => redis.get(markKey(journal, stream))));
  return new Map(streams.map((stream, index) => [stream, BigInt(marks[index] ?? '0')]));
};

export const redisMarkedStreams = (redis: Redis, journal: JournalName): MarkedStreams => ({
  add: (addition) => add(redis, journal, addition),
  readMarks: (streams) => readMarks(redis, journal, streams),
});
