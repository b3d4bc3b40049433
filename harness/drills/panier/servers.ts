import { PostgresStage, RedisStage } from '../../chaos/stage/index.ts';

/** A PostgreSQL and a Redis of the drill's own. */
export interface Servers {
  readonly postgres: PostgresStage;
  readonly redis: RedisStage;
  /** What a process is told to find them by; read when it starts: they may move. */
  readonly environment: () => { readonly DATABASE_URL: string; readonly REDIS_URL: string };
}

interface Place {
  readonly directory: string;
  readonly opened: AsyncDisposableStack;
}

/** Starts one of each; they end with the drill. */
export const openServers = async ({ directory, opened }: Place): Promise<Servers> => {
  const postgres = opened.use(new PostgresStage(directory));
  const redis = opened.use(new RedisStage(directory));
  const kill = (): void => [postgres, redis].forEach((server) => server.killForGood());
  process.once('exit', kill);
  opened.defer(() => void process.off('exit', kill));
  await Promise.all([postgres.start(), redis.start()]);
  return {
    postgres,
    redis,
    environment: () => ({
      DATABASE_URL: postgres.urlAt(postgres.port),
      REDIS_URL: `redis://default:${redis.password}@127.0.0.1:${redis.port}`,
    }),
  };
};
