import { readdirSync } from 'node:fs';
import { sleep } from '../../../src/platform/index.ts';
import { untilQuiet } from '../../chaos/observe/index.ts';
import { flyCanary, History } from '../../chaos/shop/index.ts';
import { Clients } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import type { Cluster } from '../postgres/index.ts';
import { differences, goOn, makeFit, type Recorded } from '../restore/variants.ts';
import { type Host, onEach, openScene, type Scene, variablesOf } from './scene.ts';

const LATE_ORDERS = 3;
const PATIENCE_MS = 60_000;
const DROPPED = 'drop schema audit cascade';

const ownIn = async (cluster: Cluster, journal: string): Promise<readonly string[]> => {
  const text = `select event_id from ${journal}.journal where not heard`;
  return (await cluster.query<{ readonly event_id: string }>(text)).map(({ event_id: id }) => id);
};

type Clusters = Readonly<Record<'shared' | 'saga', Cluster>>;

const ownIds = async ({ shared, saga }: Clusters): Promise<ReadonlySet<string>> =>
  new Set([...(await ownIn(shared, 'write')), ...(await ownIn(saga, 'saga'))]);

const journals = ({ hosts: { shared, saga } }: Scene): Clusters => ({ shared: shared.cluster, saga: saga.cluster });

const rest = async ({ hosts, redis }: Scene): Promise<void> => {
  const [{ cluster: shared }, { cluster: saga }, { cluster: audit }] = [hosts.shared, hosts.saga, hosts.audit];
  await untilQuiet(
    { postgres: shared, databases: { homes: { shared, write: shared, saga, audit } }, redis },
    PATIENCE_MS,
  );
};

const buyLate = async (url: string): Promise<void> => {
  const late = { url, history: new History(), patienceMs: 30_000, mayBeRefused: false };
  for (let nth = 0; nth < LATE_ORDERS; nth += 1) await flyCanary(late);
};

interface Disaster extends Recorded {
  readonly point: string;
  readonly lastAnswerMs: number;
}

/** Customers buy until the point, and some after it; then one of the servers is damaged. */
const untilDisaster = async (scene: Scene, clients: Clients, url: string): Promise<Disaster> => {
  const { context, hosts, onServer } = scene;
  context.step('takes a backup of each server, one after the other, while customers buy');
  await onEach(scene, (host) => onServer('pg_basebackup', variablesOf(host)));
  await sleep(context.isQuick ? 2_000 : 10_000);
  await clients.close();
  await rest(scene);
  const atPoint = await ownIds(journals(scene));
  const [row] = await hosts.shared.cluster.query<{ readonly point: string }>('select clock_timestamp()::text as point');
  const point = row?.point ?? '';
  context.step(`it is ${point}; ${LATE_ORDERS} orders are still bought, then: ${DROPPED}`);
  await buyLate(url);
  await rest(scene);
  const [atDisaster, lastAnswerMs] = [await ownIds(journals(scene)), performance.now()];
  await hosts.audit.cluster.query(DROPPED);
  return { point, atPoint, atDisaster, lastAnswerMs };
};

const restoreTo = async ({ onServer, restoredOn }: Scene, host: Host, point: string): Promise<Cluster> => {
  const restored = restoredOn(host);
  const [night = ''] = readdirSync(host.base);
  const place = { PGDATA: restored.options.directory, NIGHT: night, POINT: point, TIMELINE: 'latest' };
  await onServer('recovery_target_time', { ...variablesOf(host), ...place });
  return restored;
};

const restoreAll = async (scene: Scene, disaster: Disaster): Promise<readonly string[]> => {
  const { context, hosts, onServer } = scene;
  context.step('stops each server, and restores all of them to that point');
  await onEach(scene, (host) => onServer('txid_current', variablesOf(host)));
  const shared = await restoreTo(scene, hosts.shared, disaster.point);
  const saga = await restoreTo(scene, hosts.saga, disaster.point);
  await restoreTo(scene, hosts.audit, disaster.point);
  return differences(await ownIds({ shared, saga }), disaster);
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const scene = await openScene(context);
  const { startPanier, onServer } = scene;
  context.step('archives the log of three servers, on which homes are apart');
  await onEach(scene, (host) => onServer('archive_command', variablesOf(host)));
  const panier = await startPanier('panier');
  const url = panier.options.url ?? '';
  const clients = context.opened.use(new Clients({ random: context.random, urls: () => [url] }));
  await clients.open();
  const disaster = await untilDisaster(scene, clients, url);
  await panier.stop();
  const wrong = [...(await restoreAll(scene, disaster)), ...(await makeFit(scene, disaster))];
  const { wrong: after, answeredMs } = await goOn(scene, 'after');
  const lost = disaster.atDisaster.size - disaster.atPoint.size;
  const did = `one of three servers damaged; all restored to before it; the ${lost} events of after the point named, no other lost`;
  const longestGapMs = answeredMs - disaster.lastAnswerMs;
  return { did, clients: { ...clients.figures, longestGapMs }, lost: [...wrong, ...after] };
};

export const restoreHomes: Drill = {
  name: 'restore-homes',
  title: 'homes on three servers of PostgreSQL, one of them damaged, all restored to one point in time',
  procedure: 'docs/operations.md#restore-to-a-point-in-time',
  run,
};
