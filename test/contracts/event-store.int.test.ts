import { memoryEventStore } from '../../harness/simulation/memory/event-store.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { postgresEventStore } from '../../src/audit/index.ts';
import { migrate, openDatabase } from '../../src/database/index.ts';
import { describeEventStore, type EventStoreAtWork } from './event-store.contract.ts';
import { openMemoryStage } from './memory-stage.ts';

const openPostgres = async (): Promise<EventStoreAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url, name: 'event store contract', maxConnections: 6 }));
  await migrate(database.db);
  const opened = opening.move();
  return { store: postgresEventStore(database, []), [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

const openMemory = async (): Promise<EventStoreAtWork> => {
  const stage = openMemoryStage();
  const { database } = stage.connect();
  return { store: memoryEventStore(database), [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
};

describeEventStore('PostgreSQL', openPostgres);
describeEventStore('simulation', openMemory);
