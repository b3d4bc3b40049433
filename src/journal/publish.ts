import type { Redis } from 'ioredis';
import type { ClientBase } from 'pg';
import { EVENT_COLUMN_NAMES, type EventRow, encodeEntry, envelopeOf } from '../events/index.ts';
import { confirmPublication, markKey, restoreLost } from './publications.ts';
import type { JournalName } from './record.ts';

const BATCH_SIZE = 500;

interface Queued extends EventRow {
  readonly position: string;
}

const queuedColumns = EVENT_COLUMN_NAMES.split(', ')
  .map((name) => `journal.${name}`)
  .join(', ');

/** The oldest events of the outbox. By position: a later version of an aggregate is recorded after the earlier one. */
const nextQueued = async (client: ClientBase, journal: JournalName): Promise<readonly Queued[]> => {
  const { rows } = await client.query<Queued>({
    name: `next-queued-${journal}`,
    text: `select outbox.position, ${queuedColumns}
      from (select position from ${journal}.outbox order by position limit ${BATCH_SIZE}) as outbox
      join ${journal}.journal using (position) order by position`,
  });
  return rows;
};

export interface Published {
  readonly events: number;
  /** Events put back into the outbox, because Redis had lost them. */
  readonly restored: number;
}

/** Publishes the oldest events of the outbox: per stream one MULTI, then PostgreSQL is told. `numbers` is kept up to date. */
export const publishNext = async (
  client: ClientBase,
  redis: Redis,
  { journal, numbers }: { readonly journal: JournalName; readonly numbers: Map<string, bigint> },
): Promise<Published> => {
  const queued = await nextQueued(client, journal);
  let restored = 0;
  for (const [stream, rows] of Map.groupBy(queued, (row) => row.stream)) {
    const known = numbers.get(stream) ?? 0n;
    const number = known + 1n;
    const { lastEntryId, markBefore } = await addToStream(redis, { journal, stream, number, rows });
    // Before this publication is confirmed: until then the janitor sees that the mark and the numbers differ.
    if (markBefore < known) restored += await restoreLost(client, journal, { stream, mark: markBefore, below: number });
    const positions = rows.map((row) => row.position);
    await confirmPublication(client, journal, { stream, number, positions, lastEntryId });
    numbers.set(stream, number);
  }
  return { events: queued.length, restored };
};

interface Addition {
  readonly journal: JournalName;
  readonly stream: string;
  readonly number: bigint;
  readonly rows: readonly Queued[];
}

const addToStream = async (
  redis: Redis,
  { journal, stream, number, rows }: Addition,
): Promise<{ readonly lastEntryId: string; readonly markBefore: bigint }> => {
  const transaction = redis.multi();
  for (const row of rows) transaction.xadd(stream, '*', ...encodeEntry(envelopeOf(row)));
  transaction.set(markKey(journal, stream), String(number), 'GET');
  const replies = (await transaction.exec()) ?? [];
  const failure = replies.find(([error]) => error !== null)?.[0];
  if (failure || replies.length !== rows.length + 1) throw failure ?? new Error(`Redis refused to add to ${stream}`);
  const [lastAdded, mark] = replies.slice(-2).map(([, reply]) => reply);
  return { lastEntryId: String(lastAdded), markBefore: BigInt(typeof mark === 'string' ? mark : 0) };
};
