import { announceRun } from '../read/index.ts';
import { startUpkeep } from '../upkeep/index.ts';
import { groupsByStream } from './groups-by-stream.ts';
import type { Start } from './start.ts';

export const startUpkeepWork = ({ config, logger, stores, started }: Start): void => {
  const { url: redisUrl, prefix: redisPrefix } = stores.redisServers.upkeep;
  started.use(
    startUpkeep({
      db: stores.owner.db,
      databaseUrl: stores.ownerUrl,
      redisUrl,
      redisPrefix,
      logger,
      groups: groupsByStream(),
      isSimulated: config.paymentProvider === 'simulated',
      announce: announceRun(stores.redis.upkeep),
    }),
  );
};
