import { testDatabase } from '../../harness/support/servers.ts';
import { type Audit, openAudit, type RebuildReport, rebuild } from '../../src/audit/index.ts';
import { type Database, migrate, openDatabase } from '../../src/database/index.ts';
import { openLogger } from '../../src/platform/index.ts';
import type { Announce } from '../../src/projection/index.ts';
import { readProjections } from '../../src/read/index.ts';

export const logger = openLogger('silent');

/** An event store with its read models, on a database of its own. */
export type ReadSide = AsyncDisposable &
  Pick<Database, 'db'> & {
    readonly database: Database;
    readonly url: string;
    /** Another instance on the same database. */
    readonly audit: (announce?: Announce) => Audit;
    /** The read models, built anew. */
    readonly rebuild: () => Promise<RebuildReport>;
  };

export const openReadSide = async (): Promise<ReadSide> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url, name: 'test', maxConnections: 8 }));
  const { db } = database;
  await migrate(db);
  const opened = opening.move();
  const audit = (announce: Announce = async () => {}) =>
    openAudit({ database, projections: readProjections(), announce, logger });
  const anew = () => rebuild({ db, projections: readProjections, dryRun: false, onProgress: () => {} });
  return { database, db, url, audit, rebuild: anew, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};
