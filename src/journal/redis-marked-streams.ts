import { type Redis, ReplyError } from 'ioredis';
import { encodeEntry } from '../events/index.ts';
import { formatMark, parseMark } from './mark.ts';
import type { Added, Addition, MarkedStreams } from './outbox.ts';
import type { JournalName } from './record.ts';

/**
 * Where the mark of a journal stands beside a stream. The hash tag puts it in the stream's own slot, so that one script
 * writes both, and whatever loses the one loses the other.
 */
export const markKey = (journal: JournalName, stream: string): string => `{${stream}}:published:${journal}`;

// Compared and moved together with the entries: a mark that was moved past a loss would hide it from whoever comes next.
const ADD = `
  local found = redis.call('GET', KEYS[2]) or ''
  if found ~= ARGV[1] and (ARGV[1] == '' or string.sub(found, 1, #ARGV[1] + 1) ~= ARGV[1] .. ':') then
    return {'Refused', found}
  end
  local width = tonumber(ARGV[4])
  local id = ''
  for first = 5, #ARGV, width do
    id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, first, first + width - 1))
  end
  local mark = ARGV[2] .. ':' .. id .. ':' .. ARGV[3]
  redis.call('SET', KEYS[2], mark)
  return {'Added', mark}`;

/** What Redis answers, be it an error: that is about these keys, whereas a connection that fails is about all. */
const orReplyError = <T>(answer: Promise<T>): Promise<T | Error> =>
  answer.catch((error: unknown) => {
    if (error instanceof Error && error instanceof ReplyError) return error;
    throw error;
  });

const add = async (redis: Redis, journal: JournalName, { stream, after, envelopes }: Addition): Promise<Added> => {
  const entries = envelopes.map(encodeEntry);
  const width = entries[0]?.length ?? 0;
  const marks = [formatMark(after), String(after.number + 1n), after.lastEntryId];
  const reply = await orReplyError(
    redis.eval(ADD, 2, stream, markKey(journal, stream), ...marks, width, ...entries.flat()),
  );
  if (reply instanceof Error) return { type: 'Failed', error: reply };
  const [type, mark] = reply as ['Added' | 'Refused', string];
  return type === 'Added' ? { type, mark: parseMark(mark) } : { type, found: parseMark(mark) };
};

const readMarks = async (redis: Redis, journal: JournalName, streams: readonly string[]) => {
  const marks = await Promise.all(streams.map((stream) => orReplyError(redis.get(markKey(journal, stream)))));
  const found = streams.map((stream, index) => [stream, marks[index]] as const);
  return new Map(found.flatMap(([stream, mark]) => (mark instanceof Error ? [] : [[stream, parseMark(mark ?? '')]])));
};

export const redisMarkedStreams = (redis: Redis, journal: JournalName): MarkedStreams => ({
  add: (addition) => add(redis, journal, addition),
  readMarks: (streams) => readMarks(redis, journal, streams),
});
