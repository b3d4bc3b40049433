import { openAudit } from '../audit/index.ts';
import { openRead } from '../read/index.ts';
import { startServer } from '../schema/index.ts';
import { logActs } from './log-facts.ts';
import type { Start } from './start.ts';

/** @returns where it answers */
export const startGateway = async (start: Start): Promise<string> => {
  const { config, logger, stores, modules, started, ownDocuments, seen } = start;
  const { db } = stores.queries;
  started.use(logActs(logger));
  const read = started.use(openRead({ db, redis: stores.redis.gateway, logger }));
  const audit = openAudit({ database: stores.queries, projections: [], announce: async () => {}, logger });
  const { host, port } = config;
  const server = await startServer(
    { ...modules, ...(await start.door()), audit, read, logger },
    { host, port, limits: config.limits, hosts: config.hosts, exposure: config, ownDocuments },
  );
  seen.gateway = server;
  return started.use(server).url;
};
