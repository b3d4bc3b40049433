import { memoryLedger } from '../../harness/simulation/memory/ledger.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase } from '../../src/database/index.ts';
import { postgresLedger } from '../../src/saga/index.ts';
import { describeLedgerStore, type LedgerAtWork } from './ledger-store.contract.ts';
import { openMemoryStage } from './memory-stage.ts';

const openPostgres = async (): Promise<LedgerAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url, name: 'ledger contract', maxConnections: 6 }));
  await migrate(database.db);
  const opened = opening.move();
  return { store: postgresLedger(database), [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

const openMemory = async (): Promise<LedgerAtWork> => {
  const stage = openMemoryStage();
  const { database } = stage.connect();
  return { store: memoryLedger(database), [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
};

describeLedgerStore('PostgreSQL', openPostgres);
describeLedgerStore('simulation', openMemory);
