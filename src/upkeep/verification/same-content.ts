import { sql } from 'kysely';
import { JOURNALS, type JournalName } from '../../database/index.ts';
import { fixed, type Inspected, type Offender } from './check.ts';
import { answersOf, crossCheck, isAmong, type Pages } from './crossing.ts';
import { DATA } from './stored-json.ts';

interface Content {
  readonly event_id: string;
  readonly type: string;
  readonly stream: string;
  readonly aggregate_id: string;
  readonly version: number | null;
  /** Microseconds since 1970. */
  readonly at: string;
  /** Of its data, in the one order of keys that PostgreSQL keeps. */
  readonly digest: string;
}

type ContentRow = Content & { readonly key: string };

const CONTENT = sql`event_id, type, stream, aggregate_id, version,
  (extract(epoch from occurred_at) * 1000000)::bigint as at, md5((${DATA}::jsonb)::text) as digest`;

const ownIn = (journal: JournalName): Pages<ContentRow> => ({
  home: journal,
  key: 'bigint',
  rows: (_cutoff, among) => sql`
    select position as key, ${CONTENT} from ${fixed(`${journal}.journal`)} where not heard and ${isAmong('event_id', among)}`,
});

const MILLISECOND = 1_000;

/** The store keeps milliseconds. */
const isSame = (one: Content, other: Content): boolean =>
  one.type === other.type &&
  one.stream === other.stream &&
  one.aggregate_id === other.aggregate_id &&
  one.version === other.version &&
  one.digest === other.digest &&
  Math.abs(Number(one.at) - Number(other.at)) < MILLISECOND;

const differing = async (rows: readonly ContentRow[], { sessions }: Inspected): Promise<readonly Offender[]> => {
  const ids = sql`${sql.val(rows.map(({ event_id: id }) => id))}::text[]`;
  const stored = await answersOf<Content>(
    sessions.audit,
    sql`select event_id as key, ${CONTENT} from audit.event_store where event_id = any(${ids})`,
  );
  return rows.flatMap((row) => {
    const found = stored.get(row.event_id);
    return found === undefined || isSame(row, found)
      ? []
      : [{ name: row.event_id, detail: `${found.type} of ${found.aggregate_id}` }];
  });
};

/** Each side is asked for a digest of what it holds; the data itself stays where it is. */
export const SAME_CONTENT_CHECK = crossCheck({
  rule: 'an event says the same in its journal and in the event store',
  pages: JOURNALS.map(ownIn),
  offendersAmong: differing,
});
