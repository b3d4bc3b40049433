import { type Audit, openAudit } from '../audit/index.ts';
import { systemClock } from '../platform/index.ts';
import { elseBy, openRead, openReplica, type Read, readOfReplica } from '../read/index.ts';
import { type ReadingCopy, startServer } from '../schema/index.ts';
import { logActs } from './log-facts.ts';
import type { Start } from './start.ts';

type Answering = { readonly read: Read; readonly audit: Audit };

/** Where queries may be read beside the database itself. */
const copiesOf = ({ config, logger, stores, started }: Start, { read, audit }: Answering): readonly ReadingCopy[] =>
  config.replicas.urls.map((url) => {
    const { maxLagMs } = config.replicas;
    const parts = { url, primary: stores.queries.db, maxLagMs, logger, clock: systemClock };
    const { database, isFresh } = started.use(openReplica(parts));
    const own = openAudit({ database, projections: [], announce: async () => {}, logger });
    return { read: readOfReplica(database.db, read), audit: elseBy<Audit>(own, audit), isFresh };
  });

/** @returns where it answers */
export const startGateway = async (start: Start): Promise<string> => {
  const { config, logger, stores, modules, started, ownDocuments, seen } = start;
  const { db } = stores.queries;
  started.use(logActs(logger));
  const read = started.use(
    openRead({ db, shared: stores.at('read', 'shared').db, redis: stores.redis.gateway, logger }),
  );
  const audit = openAudit({ database: stores.queries, projections: [], announce: async () => {}, logger });
  const { host, port } = config;
  const copies = copiesOf(start, { read, audit });
  const { servesAs, ...door } = await start.door();
  const serving = () => servesAs(['gateway']);
  const server = await startServer(
    { ...modules, ...door, serving, audit, read, logger, ...(copies.length > 0 && { copies }) },
    { host, port, limits: config.limits, hosts: config.hosts, exposure: config, ownDocuments },
  );
  seen.gateway = server;
  return started.use(server).url;
};
