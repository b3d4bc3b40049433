import type { FoundPublication, MarkPlace } from '../bus/index.ts';
import {
  JOURNALS,
  type JournalDbs,
  type JournalName,
  listIn,
  orUnavailable,
  type Statement,
  statement,
} from '../database/index.ts';
import { parseMark } from './mark.ts';
import { markKey } from './redis-marked-streams.ts';

/** Attempts that nobody confirmed may have moved a mark on by so many, and their entries may have been deleted since. */
const MOST_UNCONFIRMED = 100n;

interface KnownRow {
  /** The last publication to each of the streams, in their order. */
  readonly newest: readonly string[];
  /** Those of the ids that the journal holds. */
  readonly event_ids: readonly string[];
}

const known = (journal: JournalName): Statement<KnownRow> =>
  statement(`
  select array(
      select coalesce((select max(number) from ${journal}.publication where stream = asked.stream), 0)
      from unnest(${listIn('$1')}) with ordinality as asked (stream, nth) order by nth
    ) as newest,
    array(select event_id from ${journal}.journal where event_id = any(${listIn('$2')}::text[]) and not heard) as event_ids`);

const KNOWN = { write: known('write'), saga: known('saga') } as const;

/** Where the marks of all journals stand beside these streams. */
export const markPlaces = (streams: readonly string[]): readonly MarkPlace[] =>
  JOURNALS.flatMap((journal) => streams.map((stream) => ({ journal, stream, key: markKey(journal, stream) })));

/** Whether what a mark names was published from a journal that this database does not have, or no longer has. */
const isForeign = (
  { mark, eventIds }: FoundPublication,
  journal: { readonly newest: bigint; readonly eventIds: ReadonlySet<string> },
): boolean => {
  const { number, isUnreadable } = parseMark(mark);
  if (isUnreadable === true) return false;
  if (eventIds.length > 0) return eventIds.some((id) => !journal.eventIds.has(id));
  return number > journal.newest + MOST_UNCONFIRMED;
};

/** The streams of those that name a journal, and are foreign to it. */
const foreignTo = async (
  journals: JournalDbs,
  journal: JournalName,
  all: readonly FoundPublication[],
): Promise<readonly string[]> => {
  const found = all.filter((each) => each.journal === journal);
  if (found.length === 0) return [];
  const sought = [found.map(({ stream }) => stream), found.flatMap((each) => each.eventIds)];
  const [row] = await KNOWN[journal](journals[journal], sought);
  if (row === undefined) return [];
  const eventIds = new Set(row.event_ids);
  const foreign = found.filter((each, nth) => isForeign(each, { newest: BigInt(row.newest[nth] ?? 0), eventIds }));
  return foreign.map(({ stream }) => stream);
};

const sentence = (streams: readonly string[]): string =>
  `Redis is newer than the database, or another panier's: what was published to ${streams.join(', ')} is not in the ` +
  'journal. If PostgreSQL was restored to an earlier moment, or failed over to a standby that lagged, "npm run restored" ' +
  'tells what was lost, and makes this Redis fit; emptied (redis-cli FLUSHDB), it fits, too, where all is in one ' +
  'database. If another panier uses it, set REDIS_URL to another Redis, or PANIER_REDIS_PREFIX.';

/**
 * Why what was published to a Redis cannot have come from this database, in a sentence that says what to do; null when it
 * can. A journal is committed before anything of it is published, and never loses an event: what a mark names, and the
 * journal lacks, came from elsewhere, or from a later time.
 */
export const publicationObjection = (
  journals: JournalDbs,
): ((found: readonly FoundPublication[]) => Promise<string | null>) =>
  orUnavailable(async (found) => {
    const foreign = await Promise.all(JOURNALS.map((journal) => foreignTo(journals, journal, found)));
    const streams = new Set(foreign.flat());
    return streams.size === 0 ? null : sentence([...streams]);
  });
