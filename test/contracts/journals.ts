import { openMemoryOutbox } from '../../harness/simulation/memory/outbox.ts';
import { memorySweepStore } from '../../harness/simulation/memory/sweep-store.ts';
import { memoryWriteStore } from '../../harness/simulation/memory/write-store.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase } from '../../src/database/index.ts';
import { envelop, newId, PRODUCERS } from '../../src/events/index.ts';
import {
  type AskedGroup,
  type OutboxSession,
  openPostgresOutbox,
  postgresSweepStore,
  type SweepStore,
} from '../../src/relay/index.ts';
import { type AppendRequest, postgresWriteStore, type WriteStore } from '../../src/write/index.ts';
import { openMemoryStage } from './memory-stage.ts';

/** The write journal of one adapter, as those see it who publish it. */
export interface JournalAtWork extends AsyncDisposable {
  readonly store: WriteStore;
  readonly openOutbox: () => Promise<OutboxSession>;
  readonly sweepStore: (group: string, undelivered: AskedGroup['undelivered']) => SweepStore;
  /** Nothing waits any more, and nothing was published. */
  readonly clear: () => Promise<unknown>;
}

export const NOTHING_WITHHELD = { streams: [], aggregateIds: [] } as const;

const WRITER = { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1` };
const RECEIVED_AT = '2026-01-02T03:04:05.678Z';

/** Appends so many events on a new cart; their ids. */
export const appendTo = async (
  { store }: JournalAtWork,
  count: number,
  received = false,
): Promise<readonly string[]> => {
  const aggregateId = newId('Cart');
  const entries = Array.from({ length: count }, (_, index): AppendRequest['entries'][number] => {
    const sequence = index + 1;
    const event = { type: 'CartItemRemoved', data: { cartItemId: String(sequence) } } as const;
    const position = { aggregateId, sequence, version: sequence, causationId: null, traceparent: null };
    return {
      envelope: envelop(WRITER, { event, ...position }, received ? RECEIVED_AT : '').envelope,
      sequence,
      received,
    };
  });
  const heads = [{ aggregateId, expectedSequence: 0 }];
  await store.appendBatch([
    { heads, entries, idempotency: null, schedule: [], unschedule: [], methods: { keep: [], forget: [] } },
  ]);
  return entries.map(({ envelope }) => envelope.eventId);
};

export const openPostgresJournal = async (): Promise<JournalAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url, name: 'journal contract', maxConnections: 4 }));
  await migrate(database.db);
  const opened = opening.move();
  return {
    store: postgresWriteStore(database),
    openOutbox: () => openPostgresOutbox(url, 'write'),
    sweepStore: (group, undelivered) =>
      postgresSweepStore(database.db, {
        journal: 'write',
        group,
        mayLack: 'true',
        lackedOf: async (eventIds) => eventIds,
        undelivered,
      }),
    clear: async () => {
      await database.db.deleteFrom('write.outbox').execute();
      await database.pool.query('delete from write.publication');
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

export const openMemoryJournal = async (): Promise<JournalAtWork> => {
  const stage = openMemoryStage();
  const { database } = stage.connect();
  const journal = database.database.write;
  return {
    store: memoryWriteStore(database),
    openOutbox: () => openMemoryOutbox(stage.connect().database, journal),
    sweepStore: (group, undelivered) => memorySweepStore(database, { journal, group, undelivered }),
    clear: async () => {
      journal.outbox.committed.clear();
      journal.publications.committed.clear();
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
};
