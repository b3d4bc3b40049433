import type { Redis } from 'ioredis';
import type { ClientBase } from 'pg';
import type { JournalName } from './record.ts';

/**
 * Where the mark of a journal stands beside a stream: the number of the last publication. The hash tag puts it in the
 * stream's own slot, so that one MULTI writes both, and whatever loses the one loses the other.
 */
export const markKey = (journal: JournalName, stream: string): string => `{${stream}}:published:${journal}`;

/** The number of the newest publication of each stream, as PostgreSQL knows it. */
export const lastNumbers = async (client: ClientBase, journal: JournalName): Promise<Map<string, bigint>> => {
  const { rows } = await client.query<{ stream: string; number: string }>(
    `select stream, max(number) as number from ${journal}.publication group by stream`,
  );
  return new Map(rows.map(({ stream, number }) => [stream, BigInt(number)]));
};

/** Takes the rows off the outbox and remembers the publication, so that it can be made again. */
export const confirmPublication = async (
  client: ClientBase,
  journal: JournalName,
  publication: {
    readonly stream: string;
    readonly number: bigint;
    readonly positions: readonly string[];
    readonly lastEntryId: string;
  },
): Promise<void> => {
  await client.query({
    name: `confirm-publication-${journal}`,
    text: `with published as (delete from ${journal}.outbox where position = any($1::bigint[]))
      insert into ${journal}.publication (stream, number, positions, last_entry_id) values ($2, $3, $1::bigint[], $4)`,
    values: [publication.positions, publication.stream, publication.number, publication.lastEntryId],
  });
};

/**
 * Redis knows of publications up to `mark` only: what came after is put back into the outbox, to be published again.
 * Returns how many events that are. `below` leaves out the publication that is being made.
 */
export const restoreLost = async (
  client: ClientBase,
  journal: JournalName,
  lost: { readonly stream: string; readonly mark: bigint; readonly below: bigint },
): Promise<number> => {
  const { rowCount } = await client.query(
    `with lost as (
      delete from ${journal}.publication where stream = $1 and number > $2 and number < $3 returning positions
    )
    insert into ${journal}.outbox (position) select distinct unnest(positions) from lost on conflict do nothing`,
    [lost.stream, lost.mark, lost.below],
  );
  return rowCount ?? 0;
};

/** The marks beside the streams; 0 where there is none. */
export const readMarks = async (
  redis: Redis,
  journal: JournalName,
  streams: readonly string[],
): Promise<ReadonlyMap<string, bigint>> => {
  const marks = await Promise.all(streams.map((stream) => redis.get(markKey(journal, stream))));
  return new Map(streams.map((stream, index) => [stream, BigInt(marks[index] ?? '0')]));
};
