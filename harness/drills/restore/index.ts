import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../../../src/platform/index.ts';
import { untilQuiet } from '../../chaos/observe/index.ts';
import { flyCanary, History } from '../../chaos/shop/index.ts';
import { Clients } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { copyOf, openScene, ownIds, type Scene } from './scene.ts';
import { type Disaster, tryVariant, type Variant } from './variants.ts';

const LATE_ORDERS = 5;
const WATCH_PATIENCE_MS = 60_000;
const QUIET_PATIENCE_MS = 60_000;
const DROPPED = 'drop schema saga cascade';

const pointIn = async ({ primary }: Scene): Promise<string> => {
  const [row] = await primary.query<{ readonly point: string }>('select clock_timestamp()::text as point');
  return row?.point ?? '';
};

/** What is done every night; of the backups that there are, the newest is kept. @returns its name */
const night = async ({ places, onServer }: Scene): Promise<string> => {
  await onServer('pg_basebackup', { BASE: places.base, ARCHIVE: places.archive, KEEP: '1' });
  const [newest = '', ...others] = readdirSync(places.base);
  if (others.length > 0) throw new Error(`Backups are kept that were to go: ${others.join(', ')}`);
  return newest;
};

const backUp = async (scene: Scene): Promise<{ readonly base: string; readonly olderRedis: string }> => {
  const { context, places } = scene;
  context.step('takes the backup of another night while customers buy; of Redis, too');
  const base = join(places.base, await night(scene));
  return { base, olderRedis: copyOf(join(places.redis, 'now'), join(places.redis, 'older')) };
};

const buyLate = async (url: string): Promise<void> => {
  const late = { url, history: new History(), patienceMs: 30_000, mayBeRefused: false };
  for (let nth = 0; nth < LATE_ORDERS; nth += 1) await flyCanary(late);
};

/** Customers buy until the point, and some after it; then somebody drops what was not theirs to drop. */
const untilDisaster = async (scene: Scene, clients: Clients, url: string) => {
  const { context, primary, redis, places } = scene;
  const { base, olderRedis } = await backUp(scene);
  await sleep(context.isQuick ? 4_000 : 15_000);
  await clients.close();
  await clients.untilWatched({ events: 0, ms: WATCH_PATIENCE_MS });
  await untilQuiet({ postgres: primary, redis }, QUIET_PATIENCE_MS);
  const [atPoint, point] = [await ownIds(primary), await pointIn(scene)];
  context.step(`it is ${point}; ${LATE_ORDERS} orders are still bought, then: ${DROPPED}`);
  await buyLate(url);
  await untilQuiet({ postgres: primary, redis }, QUIET_PATIENCE_MS);
  const lastAnswerMs = performance.now();
  const atDisaster = await ownIds(primary);
  await primary.query(DROPPED);
  const disaster: Disaster = { point, atPoint, atDisaster, base, archive: places.archive, lastAnswerMs };
  return { disaster, olderRedis };
};

const variantsOf = async ({ places, redis }: Scene, olderRedis: string): Promise<readonly Variant[]> => {
  await redis.kill();
  return [
    { name: 'newer', redis: join(places.redis, 'now') },
    { name: 'older', redis: olderRedis },
    { name: 'empty', redis: join(places.redis, 'empty') },
  ];
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const scene = await openScene(context);
  const { primary, places, onServer, startPanier } = scene;
  const server = { ARCHIVE: places.archive, PGDATA: primary.options.directory };
  context.step('archives the log, and takes the backup of a first night');
  await onServer('archive_command', server);
  await night(scene);
  const panier = await startPanier('panier');
  const url = panier.options.url ?? '';
  const clients = context.opened.use(new Clients({ random: context.random, urls: () => [url] }));
  await clients.open();
  const { disaster, olderRedis } = await untilDisaster(scene, clients, url);
  context.step('stops panier, then PostgreSQL, which archives the end of its log');
  await panier.stop();
  await onServer('txid_current', server);
  const wrong: string[] = [];
  let gapMs = 0;
  for (const variant of await variantsOf(scene, olderRedis)) {
    const tried = await tryVariant(scene, disaster, variant);
    wrong.push(...tried.wrong);
    if (gapMs === 0) gapMs = tried.answeredMs - disaster.lastAnswerMs;
  }
  const lost = disaster.atDisaster.size - disaster.atPoint.size;
  const did = `a schema dropped; restored to before it, with a Redis newer, older and empty; the ${lost} events of after the point named, no other lost`;
  return { did, clients: { ...clients.figures, longestGapMs: gapMs }, lost: wrong };
};

export const restore: Drill = {
  name: 'restore',
  title: 'PostgreSQL restored to a point in time, beside a Redis that is newer, older or empty',
  procedure: 'docs/operations.md#restore-to-a-point-in-time',
  run,
};
