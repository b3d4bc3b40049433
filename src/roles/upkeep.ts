import { DATABASE_HOMES } from '../platform/index.ts';
import { announceRun } from '../read/index.ts';
import { startUpkeep } from '../upkeep/index.ts';
import { groupsByStream } from './groups-by-stream.ts';
import type { Start } from './start.ts';

export const startUpkeepWork = ({ config, logger, stores, started }: Start): void => {
  const { url: redisUrl, tls: redisTls, prefix: redisPrefix } = stores.redisServers.upkeep;
  started.use(
    startUpkeep({
      db: stores.at('owner', 'shared').db,
      everywhere: [...new Set(DATABASE_HOMES.map((home) => stores.at('owner', home).db))],
      addresses: stores.addressesAs('owner'),
      redisUrl,
      redisTls,
      redisPrefix,
      logger,
      groups: () => groupsByStream(stores.layout.current()),
      isSimulated: config.paymentProvider === 'simulated',
      announce: announceRun(stores.redis.upkeep),
    }),
  );
};
