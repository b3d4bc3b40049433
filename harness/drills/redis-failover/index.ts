import { sleep } from '../../../src/platform/index.ts';
import { lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { FAILURES, type Failure } from './failures.ts';
import { type Scene, setScene } from './scene.ts';
import { brokenByVerify } from './verify.ts';

/** How long customers buy before the next failure. */
const CALM_MS = { full: 5_000, quick: 1_500 } as const;

const fail = async (scene: Scene, { what, strike }: Failure): Promise<string> => {
  const { context, set, silence } = scene;
  context.step(what);
  silence.take();
  const came = await strike(scene);
  await set.untilReplicated();
  await sleep(context.isQuick ? CALM_MS.quick : CALM_MS.full);
  const gap = `longest time without an event: ${(silence.take() / 1_000).toFixed(1)} s`;
  context.note(`${came}; ${gap}`);
  return `${what} (${gap})`;
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { crew, random, isQuick, step } = context;
  const scene = await setScene(context);
  const { clients, postgres, set, gateway } = scene;
  step('a master, two replicas and three Sentinels; customers buy');
  await clients.open();
  await sleep(isQuick ? CALM_MS.quick : CALM_MS.full);
  const did: string[] = [];
  for (const failure of FAILURES) did.push(await fail(scene, failure));
  await clients.close();
  step('sees that nothing is lost, and nothing there twice');
  const redis = { client: set.clientOf(await set.master()) };
  const lost = await lostIn({ clients, crew, postgres, redis, gateways: [gateway], random, hasLostEntries: true });
  return { did: did.join('; '), clients: clients.figures, lost: [...lost, ...(await brokenByVerify(scene))] };
};

export const redisFailover: Drill = {
  name: 'redis-failover',
  title: 'the master of a Redis behind Sentinels is killed, late, changed on purpose, and frozen',
  procedure: 'docs/operations.md#redis-fails-over',
  run,
};
