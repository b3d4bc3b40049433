import { memoryWriteStore } from '../../harness/simulation/memory/write-store.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase } from '../../src/database/index.ts';
import { postgresWriteStore } from '../../src/write/index.ts';
import { openMemoryStage } from './memory-stage.ts';
import { describeWriteStore, type WriteStoreAtWork } from './write-store.contract.ts';

const openPostgres = async (): Promise<WriteStoreAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url, name: 'write contract', maxConnections: 8 }));
  await migrate(database.db);
  const opened = opening.move();
  return {
    store: postgresWriteStore(database),
    queued: async (aggregateId) => {
      const rows = database.db
        .selectFrom('write.outbox')
        .innerJoin('write.journal', 'write.journal.position', 'write.outbox.position');
      return (await rows.select('aggregate_id').where('aggregate_id', '=', aggregateId).execute()).length;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

const openMemory = async (): Promise<WriteStoreAtWork> => {
  const stage = openMemoryStage();
  const { database } = stage.connect();
  const { outbox } = database.database.write;
  return {
    store: memoryWriteStore(database),
    queued: async (aggregateId) =>
      outbox.committed
        .values()
        .filter(({ envelope }) => envelope.aggregateId === aggregateId)
        .toArray().length,
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
};

describeWriteStore('PostgreSQL', openPostgres);
describeWriteStore('simulation', openMemory);
