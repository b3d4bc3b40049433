import { renameSync } from 'node:fs';
import { sleep } from '../../../src/platform/index.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { until } from '../operator.ts';
import type { PanierProcess } from '../panier/index.ts';
import type { Cluster } from '../postgres/index.ts';
import { lose, openScene, type Scene } from './scene.ts';

const SYNCHRONOUS_PATIENCE_MS = 60_000;
/** Long enough for every pool to try its luck, and shorter than a customer's patience. */
const FORMER_MS = 6_000;
const FORMER = 'and this panier has been on timeline';

const untilSynchronous = ({ first, second }: Scene, primary: Cluster): Promise<string> =>
  until({
    what: 'the standby is synchronous',
    ms: SYNCHRONOUS_PATIENCE_MS,
    look: async () => {
      const rows = await primary.query<{ readonly sync_state: string }>('select sync_state from pg_stat_replication');
      const standby = primary === first ? second : first;
      return rows.some(({ sync_state: state }) => state === 'sync') ? standby.url : null;
    },
  });

const journaled = async (cluster: Cluster): Promise<number> => {
  const [row] = await cluster.query<{ readonly events: number }>('select count(*)::int as events from write.journal');
  return row?.events ?? 0;
};

/** It comes back as if nothing had been, waits for no standby any more, and is led to by mistake. */
const formerComesBack = async (scene: Scene, kept: string, panier: PanierProcess): Promise<readonly string[]> => {
  const { first, second, leadTo, context } = scene;
  renameSync(kept, first.options.directory);
  await first.start();
  await first.query('alter system reset synchronous_standby_names');
  await first.query('select pg_reload_conf()');
  const before = await journaled(first);
  leadTo(first);
  await sleep(FORMER_MS);
  leadTo(second);
  const written = (await journaled(first)) - before;
  const [said] = panier.logged(FORMER);
  context.note(
    `it got ${written} events; the log: ${said === undefined ? 'nothing' : (JSON.parse(said) as { readonly problem: string }).problem}`,
  );
  lose(first);
  return [
    ...(written > 0 ? [`the former primary took ${written} events, which no other server has`] : []),
    ...(said === undefined ? ['the log says nothing of the former primary'] : []),
  ];
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { step, isQuick, random, crew } = context;
  const scene = await openScene(context);
  const { first, second, redis, servers, leadTo, makeStandby, promote } = scene;
  const pauseMs = isQuick ? 4_000 : 15_000;
  step('makes a standby, which the primary waits for');
  await makeStandby(second);
  await untilSynchronous(scene, first);
  const gateway = await crew.join({ name: 'gateway', roles: ['gateway'], environment: servers });
  await crew.join({ name: 'rest', roles: ['relay', 'payment', 'saga', 'audit'], environment: servers });
  const url = gateway.options.url ?? '';
  const clients = context.opened.use(new Clients({ random, urls: () => [url] }));
  await clients.open();
  await sleep(pauseMs);
  step('the primary is killed, and its disk is gone');
  const killedMs = performance.now();
  const kept = lose(first);
  step('promotes the standby, and leads the address there');
  await promote(second);
  leadTo(second);
  context.note(`promoted ${Math.round(performance.now() - killedMs)} ms after the primary was killed`);
  await sleep(pauseMs);
  context.note(`longest gap between answers so far: ${Math.round(clients.figures.longestGapMs)} ms`);
  step('the former primary comes back, and the address leads to it');
  const wrong = await formerComesBack(scene, kept, gateway);
  step('makes the former primary the next standby');
  await makeStandby(first);
  await untilSynchronous(scene, second);
  await sleep(pauseMs);
  step('sees what is left');
  await clients.close();
  const lost = await lostIn({ postgres: second, redis, clients, crew, random, gateways: [url] });
  const did =
    'primary killed and its data gone, synchronous standby promoted; the former primary back under the address for 6 s, given no write';
  return { did, clients: clients.figures, lost: [...wrong, ...lost] };
};

export const postgresFailover: Drill = {
  name: 'postgres-failover',
  title: 'the primary of PostgreSQL is lost, a synchronous standby is promoted, the former primary comes back',
  procedure: 'docs/operations.md#failover-of-postgresql',
  run,
};
