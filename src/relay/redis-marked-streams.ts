import { type Redis, ReplyError } from 'ioredis';
import type { JournalName } from '../database/index.ts';
import { encodeEntry, keyBeside } from '../events/index.ts';
import { type FoundMark, formatMark, parseMark, UNREADABLE_MARK } from './mark.ts';
import type { Added, Addition, MarkedStreams } from './outbox.ts';

/**
 * Where the mark of a journal stands beside a stream. The hash tag puts it in the stream's own slot, so that one script
 * writes both, and whatever loses the one loses the other.
 */
export const markKey = (journal: JournalName, stream: string): string => keyBeside(stream, `published:${journal}`);

// Compared and moved together with the entries: a mark that was moved past a loss would hide it from whoever comes next.
// What is no mark, by the rule of `parseMark`, counts as lost, and is replaced: refused, it would hold the stream for ever.
const ADD = `
  local function id(text) local ms, nth = string.match(text, '^(%d+)-(%d+)$') return ms and #ms <= 20 and #nth <= 20 end
  local function readable(text)
    local number, last, previous = string.match(text, '^([1-9]%d*):([%d-]+):([%d-]*)$')
    return number and #number <= 18 and id(last) and (previous == '' or id(previous))
  end
  local kind = redis.call('TYPE', KEYS[2]).ok
  local found = kind == 'string' and redis.call('GET', KEYS[2]) or ''
  if not readable(found) then found = '' end
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

const isOfAnotherType = (error: Error): boolean => error.message.startsWith('WRONGTYPE');

/** Null when Redis will not say. */
const markIn = (answer: string | null | Error): FoundMark | null => {
  if (answer instanceof Error) return isOfAnotherType(answer) ? UNREADABLE_MARK : null;
  return parseMark(answer ?? '');
};

const readMarks = async (redis: Redis, journal: JournalName, streams: readonly string[]) => {
  const marks = await Promise.all(streams.map((stream) => orReplyError(redis.get(markKey(journal, stream)))));
  const found = streams.map((stream, index) => [stream, markIn(marks[index] ?? null)] as const);
  return new Map(found.flatMap(([stream, mark]) => (mark === null ? [] : [[stream, mark]])));
};

export const redisMarkedStreams = (redis: Redis, journal: JournalName): MarkedStreams => ({
  add: (addition) => add(redis, journal, addition),
  readMarks: (streams) => readMarks(redis, journal, streams),
});
