import { sleep } from '../../../src/platform/index.ts';
import { runPartitions } from '../../support/run-partitions.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { brokenByVerify } from '../redis-failover/verify.ts';
import { openScene, type Scene } from './scene.ts';

/** A customer sends a command again for so long: longer than all is stopped for. */
const PATIENCE_MS = 90_000;
const PARTITIONS = 2;
const KEYS = 'select key from write.idempotency';
const NEEDS = "select name from public.panier_migration where name like 'needs-%'";

const moveOut = async ({ homes, carryOut }: Scene): Promise<void> => {
  for (const home of homes) {
    await carryOut('createdb', home);
    await carryOut('panier.dump', home);
  }
};

/** Returns what was left behind. */
const moveBack = async ({ homes, carryOut, rowsAt, urlOf, first }: Scene): Promise<readonly string[]> => {
  const keys = (await Promise.all(homes.map((home) => rowsAt(urlOf(home), KEYS)))).flat();
  const before = await rowsAt(first.url, KEYS);
  for (const home of homes) {
    await carryOut('beside.sql "$HOME_URL"', home);
    await carryOut('drop schema', home);
  }
  const there = new Set(await rowsAt(first.url, KEYS));
  const needs = await rowsAt(first.url, NEEDS);
  return [
    ...[...keys, ...before].filter((key) => !there.has(key)).map((key) => `the key ${key} of a command was forgotten`),
    ...(needs.length === 0 ? ['nothing says any more that there are partitions'] : []),
  ];
};

/** Customers buy while homes are apart; what is kept of commands, and of partitions, is kept there. */
const liveApart = async ({ context, environments: { apart } }: Scene, clients: Clients): Promise<readonly string[]> => {
  const { note, project } = context;
  note(await runPartitions({ project, partitions: PARTITIONS, environment: apart }));
  const found = { productId: clients.shelf[0]?.id ?? '', delta: 1, reason: 'found' };
  await clients.commander('stock keeper', null).perform({ name: 'adjustStock', input: found });
  return brokenByVerify({ context, environment: apart });
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { step, random, isQuick, crew } = context;
  const scene = await openScene(context);
  const { first, redis, environments, start, stop, url } = scene;
  const pauseMs = isQuick ? 4_000 : 12_000;
  await start('before', 'together');
  const clients = context.opened.use(new Clients({ random, urls: () => [url], patienceMs: PATIENCE_MS }));
  await clients.open();
  await sleep(pauseMs);
  step('moves write, saga and audit to databases of their own, while customers wait');
  await stop();
  await moveOut(scene);
  await start('apart', 'apart');
  await sleep(pauseMs);
  const apart = await liveApart(scene, clients);
  step('moves them back');
  await stop();
  const left = await moveBack(scene);
  await start('after', 'together');
  await sleep(pauseMs);
  step('sees what is left');
  await clients.close();
  const lost = await lostIn({ postgres: first, redis, clients, crew, random, gateways: [url] });
  const broken = await brokenByVerify({ context, environment: environments.together });
  const did = 'write, saga and audit each to a database of its own and back, panier stopped meanwhile';
  return { did, clients: clients.figures, lost: [...apart, ...left, ...lost, ...broken] };
};

export const moveHome: Drill = {
  name: 'move-home',
  title: 'the homes of tables move to databases of their own on another server, and back',
  procedure: 'docs/operations.md#a-home-moves',
  run,
};
