import { type Redis, ReplyError } from 'ioredis';
import { endsSoon, hasSeveralMasters, isOfOneMaster, RedisAway, reachAnyMaster } from '../bus/index.ts';
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

/**
 * What Redis answers, be it an error: that is about these keys, whereas a connection that fails is about all. In a cluster it is
 * about these keys, too: others have another master.
 */
const orOwnError = <T>(redis: Redis, answer: Promise<T>): Promise<T | Error> =>
  answer.catch((error: unknown) => {
    if (error instanceof Error && (error instanceof ReplyError || isOfOneMaster(redis, error))) return error;
    throw error;
  });

const add = async (redis: Redis, journal: JournalName, { stream, after, envelopes }: Addition): Promise<Added> => {
  const entries = envelopes.map(encodeEntry);
  const width = entries[0]?.length ?? 0;
  const marks = [formatMark(after), String(after.number + 1n), after.lastEntryId];
  const reply = await orOwnError(
    redis,
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

/** Without those that do not answer soon, or whose master is away. */
const answersOfSeveral = async (redis: Redis, asked: readonly Promise<string | null | Error>[]) => {
  const reached = reachAnyMaster(redis);
  const [, ...ends] = await endsSoon([reached, ...asked]);
  const answers = ends.map((end) => {
    if (end?.status === 'rejected') throw end.reason;
    return end === null ? new RedisAway('Redis is away: it does not answer soon') : end.value;
  });
  // Who comes to no master is cut off: another process may lead in its place.
  if (answers.every((answer) => answer instanceof Error)) await reached;
  return answers;
};

const readMarks = async (redis: Redis, journal: JournalName, streams: readonly string[]) => {
  const asked = streams.map((stream) => orOwnError(redis, redis.get(markKey(journal, stream))));
  const marks = await (hasSeveralMasters(redis) ? answersOfSeveral(redis, asked) : Promise.all(asked));
  const found = streams.map((stream, index) => [stream, markIn(marks[index] ?? null)] as const);
  return new Map(found.flatMap(([stream, mark]) => (mark === null ? [] : [[stream, mark]])));
};

/** So long the step of one master's stream is waited for before those of others go on. */
const PATIENCE_MS = 250;

export const redisMarkedStreams = (redis: Redis, journal: JournalName): MarkedStreams => ({
  add: (addition) => add(redis, journal, addition),
  readMarks: (streams) => readMarks(redis, journal, streams),
  ...(hasSeveralMasters(redis) && { patienceMs: PATIENCE_MS }),
});
