import type { FoundPublication, MarkPlace } from '../bus/index.ts';
import {
  JOURNALS,
  type JournalDbs,
  type JournalName,
  orUnavailable,
  type Statement,
  statement,
} from '../database/index.ts';
import { parseMark } from './mark.ts';
import { markKey } from './redis-marked-streams.ts';

/** Attempts that nobody confirmed may have moved a mark on by so many, and their entries may have been deleted since. */
const MOST_UNCONFIRMED = 100n;

interface KnownRow {
  readonly newest: string;
  readonly event_ids: readonly string[];
}

const known = (journal: JournalName): Statement<KnownRow> =>
  statement(`
  select (select coalesce(max(number), 0) from ${journal}.publication where stream = $1) as newest,
    array(select event_id from ${journal}.journal where event_id = any($2::text[]) and not heard) as event_ids`);

const KNOWN = { write: known('write'), saga: known('saga') } as const;

const isJournal = (name: string): name is JournalName => JOURNALS.some((journal) => journal === name);

/** Where the marks of all journals stand beside these streams. */
export const markPlaces = (streams: readonly string[]): readonly MarkPlace[] =>
  JOURNALS.flatMap((journal) => streams.map((stream) => ({ journal, stream, key: markKey(journal, stream) })));

/** Whether what a mark names was published from a journal that this database does not have, or no longer has. */
const isForeign = async (
  journals: JournalDbs,
  { journal, stream, mark, eventIds }: FoundPublication,
): Promise<boolean> => {
  const { number, isUnreadable } = parseMark(mark);
  if (isUnreadable === true || !isJournal(journal)) return false;
  const [row] = await KNOWN[journal](journals[journal], [stream, eventIds]);
  if (row === undefined) return false;
  // Both entries may carry the same event: it is published again when a group lacked it.
  if (eventIds.length > 0) return row.event_ids.length < new Set(eventIds).size;
  return number > BigInt(row.newest) + MOST_UNCONFIRMED;
};

const sentence = (streams: readonly string[]): string =>
  `Redis is newer than the database, or another panier's: what was published to ${streams.join(', ')} is not in the ` +
  'journal. If PostgreSQL was restored to an earlier moment, or failed over to a standby that lagged, "npm run restored" ' +
  'tells what was lost, and makes this Redis fit; emptied (redis-cli FLUSHDB), it fits, too. If another panier uses it, ' +
  'set REDIS_URL to another Redis, or PANIER_REDIS_PREFIX.';

/**
 * Why what was published to a Redis cannot have come from this database, in a sentence that says what to do; null when it
 * can. A journal is committed before anything of it is published, and never loses an event: what a mark names, and the
 * journal lacks, came from elsewhere, or from a later time.
 */
export const publicationObjection = (
  journals: JournalDbs,
): ((found: readonly FoundPublication[]) => Promise<string | null>) =>
  orUnavailable(async (found) => {
    const foreign: string[] = [];
    for (const publication of found) if (await isForeign(journals, publication)) foreign.push(publication.stream);
    return foreign.length === 0 ? null : sentence([...new Set(foreign)]);
  });
