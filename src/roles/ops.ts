import { type OpenAtGateway, openMetrics, type StoreQuestions, startOps } from '../metrics/index.ts';
import { eachQuery } from '../read/index.ts';
import type { Stores } from '../startup/index.ts';
import type { Modules } from './modules.ts';
import type { Parts } from './parts.ts';

/** What roles of this process have open, once they are started. */
export interface Seen {
  /** Undefined where none is played. */
  gateway: OpenAtGateway | undefined;
}

interface Told extends Parts {
  readonly modules: Pick<Modules, 'monitoring'>;
  readonly seen: Readonly<Seen>;
  readonly started: AsyncDisposableStack;
}

/** The smallest of them: what it counts beside is not looked at. */
const WINDOW = 'FIVE_MINUTES';

/** What is panier's own: of other services' groups there may be any number, by any names. */
const questionsTo = ({ modules: { monitoring }, stores }: Told): StoreQuestions => {
  const { stats } = eachQuery(
    (query) =>
      (...asked) =>
        query(stores.queries.db, ...asked),
  );
  return {
    groups: async () => (await monitoring.consumerGroups()).filter(({ role }) => role !== null),
    backlog: monitoring.backlog,
    orders: () => stats(WINDOW),
  };
};

const poolsOf = (stores: Stores) => {
  const { commands, queries, access, saga, audit, relay, webhooks, owner } = stores;
  const all = { commands, queries, access, saga, audit, relay, webhooks, owner };
  return Object.fromEntries(Object.entries(all).map(([name, { pool }]) => [name, pool]));
};

/**
 * Tells of this process at /metrics, and of what all of them share where a gateway is played, who may ask it all; null where
 * it is to tell nobody. @returns where it answers @throws {ListenError}
 */
export const startOpsOf = async (told: Told): Promise<string | null> => {
  const { config, logger, stores, started, seen } = told;
  const { gateway } = seen;
  const { ops, hosts } = config;
  if (ops === null) return null;
  const questions = gateway === undefined ? undefined : questionsTo(told);
  const metrics = started.use(openMetrics({ gateway, pools: poolsOf(stores), stores: questions }));
  return started.use(await startOps(metrics, { ...ops, hosts, logger })).url;
};
