import { openAccess, openRates } from '../access/index.ts';
import { openAudit } from '../audit/index.ts';
import { openRead } from '../read/index.ts';
import { startServer } from '../schema/index.ts';
import { openEntrance, openReadiness } from '../startup/index.ts';
import type { Start } from './start.ts';

/** @returns where it answers */
export const startGateway = async (start: Start): Promise<string> => {
  const { config, logger, stores, modules, started, ownDocuments } = start;
  const { db } = stores.queries;
  const read = started.use(openRead({ db, redis: stores.redis.gateway, logger }));
  const audit = openAudit({ database: stores.queries, projections: [], announce: async () => {}, logger });
  const access = started.use(await openAccess({ database: stores.access, redis: stores.redis.gateway, logger }));
  const ready = openReadiness(stores);
  const { gate, page } = started.use(openEntrance({ config: config.tokens, access, logger }));
  const { host, port } = config;
  const rates = openRates({ limits: config.rateLimits, redis: stores.redis.gateway });
  const server = await startServer(
    { ...modules, gate, page, audit, read, access, logger, ready, rates },
    { host, port, limits: config.limits, hosts: config.hosts, exposure: config, ownDocuments },
  );
  return started.use(server).url;
};
