import { COMMAND_NAMES } from '../commands/index.ts';
import { JOURNALS } from '../database/index.ts';
import { type OpenAtGateway, openMetrics, type StoreQuestions, startOps } from '../metrics/index.ts';
import { eachQuery } from '../read/index.ts';
import type { Probed, Stores } from '../startup/index.ts';
import type { Modules } from './modules.ts';
import type { Parts } from './parts.ts';
import type { Seen } from './seen.ts';

interface Told extends Parts {
  readonly modules: Pick<Modules, 'monitoring'>;
  readonly seen: Readonly<Seen>;
  readonly probed: Probed;
  readonly started: AsyncDisposableStack;
}

/** What answers whoever looks after the process. */
export interface OpenOps {
  readonly url: string;
  /** Before all else stops. */
  readonly sayGoodbye: () => void;
}

/** The smallest of them: what it counts beside is not looked at. */
const WINDOW = 'FIVE_MINUTES';

/** As `stuckOrders` and verify have it unless told otherwise. */
const STUCK_SECONDS = 60;

/** Of panier's own groups: of other services' there may be any number, by any names. */
const questionsTo = ({ modules: { monitoring }, stores }: Told): StoreQuestions => {
  const { stats, stuckOrderCount } = eachQuery(
    (query) =>
      (...asked) =>
        query(stores.queries.db, ...asked),
  );
  return {
    groups: monitoring.ownGroups,
    backlog: monitoring.backlog,
    orders: () => stats(WINDOW),
    stuckOrders: () => stuckOrderCount(STUCK_SECONDS),
    redis: monitoring.redisServer,
    postgres: monitoring.databaseServers,
  };
};

const poolsOf = ({ pools }: Stores) => Object.fromEntries([...pools].map(([name, { pool }]) => [name, pool]));

const openAtGateway = (seen: Readonly<Seen>): OpenAtGateway => ({
  openSubscriptions: () => seen.gateway?.openSubscriptions() ?? 0,
  openConnections: () => seen.gateway?.openConnections() ?? 0,
});

const metricsOf = (told: Told) => {
  const { config, stores, seen } = told;
  const playsGateway = config.roles.includes('gateway');
  return openMetrics({
    gateway: playsGateway ? openAtGateway(seen) : undefined,
    webhooks: config.roles.includes('webhooks') ? () => seen.webhooks?.() ?? [] : undefined,
    relayed: config.roles.includes('relay') ? JOURNALS : [],
    commands: playsGateway || config.roles.includes('inventory-api') ? COMMAND_NAMES : [],
    pools: poolsOf(stores),
    stores: playsGateway ? questionsTo(told) : undefined,
  });
};

/** It is not ready while it starts, and from the moment that it is to stop: whoever sends it work is told before it ends. */
const probedAsSeen = ({ probed: { ready, servesAs }, config: { roles }, seen }: Told) => ({
  ready: async () => ({ ...(await ready()), running: seen.phase === 'running' }),
  serving: async () => seen.phase === 'running' && servesAs(roles),
});

/**
 * Tells of this process at /metrics and to probes, and of what all of them share where a gateway is played, who may ask it all;
 * null where it is to tell nobody. It is there before all else and until the last, for how a start goes and whether a stop
 * goes on is asked, too. @throws {ListenError}
 */
export const startOpsOf = async (told: Told): Promise<OpenOps | null> => {
  const { config, logger, started, seen } = told;
  const { ops, hosts } = config;
  if (ops === null) return null;
  const metrics = started.use(metricsOf(told));
  const hasStarted = (): boolean => seen.phase !== 'starting';
  return started.use(await startOps({ metrics, ...probedAsSeen(told), hasStarted }, { ...ops, hosts, logger }));
};
