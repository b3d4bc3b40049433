import type { Redis } from 'ioredis';
import { sql } from 'kysely';
import { compareEntryIds, handledBelow, strangersBehind, trimStream } from '../bus/index.ts';
import { JOURNALS, type JournalDbs, type JournalName } from '../database/index.ts';
import { streamOfKey } from '../events/index.ts';
import { type Logger, repeat, systemClock } from '../platform/index.ts';
import { isSameMark, parseMark } from './mark.ts';
import { markKey } from './redis-marked-streams.ts';

export interface JanitorOptions {
  readonly journals: JournalDbs;
  readonly redis: Redis;
  readonly logger: Logger;
  /** For the key of each stream, and of each partition of one, the groups that must have handled an entry before it may go. */
  readonly groups: () => ReadonlyMap<string, readonly string[]>;
  /** Entries that a stream may have before it is trimmed; all its partitions together have as many beside it. */
  readonly retention: number;
  readonly idempotencyTtlHours: number;
  /** Whom it has told of. */
  readonly told?: Set<string>;
}

interface JanitorStart extends Omit<JanitorOptions, 'told'> {
  /** Whether it is this process that tidies now: one is enough. */
  readonly isOurs: () => boolean;
}

const ROUND_MS = 5_000;

/** One round: {@link startJanitor}. A stream that cannot be looked at leaves the others to be tidied. */
export const tidy = async (options: JanitorOptions): Promise<void> => {
  const { logger } = options;
  const groups = options.groups();
  for (const [stream, expected] of groups)
    await tidyStream({ ...options, retention: retentionOf(options, stream, groups) }, stream, expected).catch(
      (error: unknown) => logger.debug({ error, stream }, 'tidying a stream is put off'),
    );
  await forgetKeys(options);
};

const retentionOf = (
  { retention }: JanitorOptions,
  key: string,
  groups: ReturnType<JanitorOptions['groups']>,
): number => {
  const stream = streamOfKey(key);
  if (stream === key) return retention;
  const partitions = [...groups.keys()].filter((other) => other !== stream && streamOfKey(other) === stream);
  return Math.ceil(retention / partitions.length);
};

const tidyStream = async (options: JanitorOptions, stream: string, expected: readonly string[]): Promise<void> => {
  const { redis, retention } = options;
  const handledId = await handledBelow(redis, stream, expected);
  if (handledId === null) return;
  for (const journal of JOURNALS) await forgetPublications(options, journal, { stream, handledId });
  await trimStream(redis, stream, { handledId, retention });
  await tellOfStrangers(options, stream, expected);
};

/** Nobody may ever read on for such a group: the stream grows until somebody is told, once. */
const tellOfStrangers = async (
  { redis, logger, retention, told }: JanitorOptions,
  stream: string,
  expected: readonly string[],
): Promise<void> => {
  if ((await redis.xlen(stream)) <= retention) return;
  for (const group of await strangersBehind(redis, stream, expected)) {
    if (told?.has(`${stream} ${group}`) === true) continue;
    told?.add(`${stream} ${group}`);
    logger.error(
      { stream, group },
      'a consumer group that panier does not know keeps this stream from being trimmed: read on for it, or remove it (XGROUP DESTROY)',
    );
  }
};

/** How much one statement forgets: after a long absence, of a group or of whoever tidies, there may be any number. */
const FORGOTTEN_AT_ONCE = 10_000;

const untilFewer = async (forget: () => Promise<number>): Promise<void> => {
  while ((await forget()) === FORGOTTEN_AT_ONCE);
};

/** The newest publication of a stream stays: the mark in Redis is compared with it. */
const forgetPublications = async (
  { journals, redis }: JanitorOptions,
  journal: JournalName,
  { stream, handledId }: { readonly stream: string; readonly handledId: string },
): Promise<void> => {
  const table = `${journal}.publication` as 'write.publication';
  const db = journals[journal];
  const query = db.selectFrom(table).select(['number', 'last_entry_id']).where('stream', '=', stream);
  const newest = await query.orderBy('number', 'desc').limit(1).executeTakeFirst();
  if (newest === undefined) return;
  const mark = parseMark((await redis.get(markKey(journal, stream))) ?? '');
  // Redis has lost something that the relay has yet to restore: the entry ids say nothing of it.
  if (!isSameMark(mark, { number: BigInt(newest.number), lastEntryId: newest.last_entry_id })) return;
  const oldest = query.where('number', '<', newest.number).orderBy('number').limit(FORGOTTEN_AT_ONCE);
  await untilFewer(async () => {
    const done = (await oldest.execute()).filter((row) => compareEntryIds(row.last_entry_id, handledId) < 0);
    const numbers = done.map(({ number }) => number);
    if (numbers.length > 0)
      await db.deleteFrom(table).where('stream', '=', stream).where('number', 'in', numbers).execute();
    return numbers.length;
  });
};

/** Of the keys there is a table wherever commands are answered. */
const forgetKeys = async ({ journals, idempotencyTtlHours }: JanitorOptions): Promise<void> => {
  const oldest = sql<Date>`now() - ${idempotencyTtlHours} * interval '1 hour'`;
  for (const db of new Set(Object.values(journals))) {
    const old = db.selectFrom('write.idempotency').select('key').where('recorded_at', '<', oldest);
    const few = old.orderBy('recorded_at').limit(FORGOTTEN_AT_ONCE);
    await untilFewer(async () => {
      const { numDeletedRows } = await db.deleteFrom('write.idempotency').where('key', 'in', few).executeTakeFirst();
      return Number(numDeletedRows);
    });
  }
};

/**
 * Tidies, round after round: streams are trimmed below what every group has handled, publications that every group has
 * handled need no longer be remembered, idempotency keys end with their time.
 */
export const startJanitor = ({ isOurs, ...options }: JanitorStart): AsyncDisposable => {
  const told = { ...options, told: new Set<string>() };
  const round = async (): Promise<void> => (isOurs() ? tidy(told) : undefined);
  return repeat(round, {
    everyMs: ROUND_MS,
    clock: systemClock,
    onFailure: (error) => options.logger.debug({ error }, 'tidying is put off'),
  });
};
