import { type Database, migrate, openDatabase } from '../../src/database/index.ts';
import { type DomainEvent, envelop, newId, PRODUCERS } from '../../src/events/index.ts';
import { type AppendRequest, appendBatchTo, type GroupCommit, openJournal } from '../../src/write/index.ts';
import { testDatabase } from './servers.ts';

const WRITER = { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1` };

const removed = (cartItemId: string): DomainEvent => ({ type: 'CartItemRemoved', data: { cartItemId } });

/** A request of `count` events on one cart that is expected at a sequence. */
export const requestOn = (
  cartId: string,
  expectedSequence: number,
  given: Partial<AppendRequest> & { count?: number } = {},
): AppendRequest => {
  const { count = 1, ...rest } = given;
  const entries = Array.from({ length: count }, (_, index) => {
    const sequence = expectedSequence + index + 1;
    const position = { aggregateId: cartId, sequence, version: sequence, causationId: null, traceparent: null };
    const { envelope } = envelop(WRITER, { event: removed(String(sequence)), ...position }, '');
    return { envelope, sequence, received: false };
  });
  const heads = [{ aggregateId: cartId, expectedSequence }];
  return {
    heads,
    entries,
    idempotency: null,
    schedule: [],
    unschedule: [],
    methods: { keep: [], forget: [] },
    ...rest,
  };
};

export interface JournalAtWork extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
  /** Another process's pool on the same database, by way of another URL if one is given. */
  readonly open: (url?: string) => Database;
}

export const journalAtWork = async (): Promise<JournalAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const open = (by = url) => opened.use(openDatabase({ url: by, name: 'journal test', maxConnections: 4 }));
  const database = opening.use(openDatabase({ url, name: 'journal test', maxConnections: 8 }));
  await migrate(database.db);
  const opened = opening.move();
  return { url, database, open, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

export type WriteJournal = Pick<GroupCommit, 'append'>;

export const writeJournal = ({ database }: JournalAtWork): WriteJournal => openJournal(database.pool);

/** What the write journal holds of an aggregate, by sequence. */
export const journaled = ({ database }: JournalAtWork, aggregateId: string) =>
  database.db
    .selectFrom('write.journal')
    .select(['position', 'sequence', 'version', 'event_id', 'type', 'occurred_at'])
    .where('aggregate_id', '=', aggregateId)
    .orderBy('sequence')
    .execute();

export const outboxOf = async ({ database }: JournalAtWork): Promise<number> => {
  const { count } = await database.db
    .selectFrom('write.outbox')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

export const cartIds = (count: number): readonly string[] => Array.from({ length: count }, () => newId('Cart'));

/** Appends to a cart until so many events of ours stand there, as somebody who loads again when overtaken; their ids. */
export const appendUntil = async (
  atWork: JournalAtWork,
  journal: WriteJournal,
  { cartId, count }: { readonly cartId: string; readonly count: number },
): Promise<readonly string[]> => {
  const written: string[] = [];
  for (let expected = 0; written.length < count; ) {
    const request = requestOn(cartId, expected);
    const outcome = await journal.append(request);
    if (outcome.type === 'Appended') written.push(...request.entries.map(({ envelope }) => envelope.eventId));
    expected = outcome.type === 'Appended' ? expected + 1 : (await journaled(atWork, cartId)).length;
  }
  return written;
};

/** Appends to a cart in a transaction that stays open until `meanwhile` is over: the event commits late. Its id. */
export const appendLate = async (
  { database }: JournalAtWork,
  cartId: string,
  meanwhile: () => Promise<void>,
): Promise<string> => {
  const request = requestOn(cartId, 0);
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await appendBatchTo(client)([request]);
    await meanwhile();
    await client.query('commit');
  } finally {
    client.release();
  }
  return request.entries[0]?.envelope.eventId ?? '';
};
