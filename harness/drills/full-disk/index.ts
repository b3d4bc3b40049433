import { sleep } from '../../../src/platform/index.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { until } from '../operator.ts';
import { openScene, type Scene } from './scene.ts';

const NOTICED_WITHIN_MS = 15_000;
const BACK_WITHIN_MS = 30_000;
/** Shorter than a customer's patience. */
const FULL_MS = 6_000;

type Part = 'commands' | 'redis';

const checksOf = async (url: string): Promise<Readonly<Record<string, boolean>>> => {
  const response = await fetch(new URL('/health/ready', url));
  return ((await response.json()) as { readonly checks: Readonly<Record<string, boolean>> }).checks;
};

interface Expected {
  readonly part: Part;
  readonly isReady: boolean;
  readonly ms: number;
}

const untilReady = (url: string, { part, isReady, ms }: Expected): Promise<boolean> =>
  until({
    what: `readiness says ${part}: ${isReady}`,
    ms,
    look: async () => {
      const checks = await checksOf(url).catch(() => null);
      return checks !== null && checks[part] === isReady ? true : null;
    },
  });

interface Shortage {
  readonly what: string;
  readonly part: Part;
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void>;
}

/** Its log is written into segments that are there, until it needs one more. */
const exhaustLog = async ({ postgres, disks }: Scene): Promise<void> => {
  disks.postgres.fill();
  const emit = "select pg_logical_emit_message(false, 'drill', repeat('x', 1000000)) from generate_series(1, 20)";
  await until({
    what: 'PostgreSQL stops, for its log has no space',
    ms: NOTICED_WITHIN_MS,
    look: async () => {
      await postgres.query(emit).catch(() => {});
      return postgres.isRunning ? null : true;
    },
  });
};

const givePostgresSpace = async ({ postgres, disks, startPostgresAgain, context }: Scene): Promise<void> => {
  context.note(`PostgreSQL ${postgres.isRunning ? 'still runs' : 'has stopped'}`);
  disks.postgres.free();
  await startPostgresAgain();
};

const shortagesIn = (scene: Scene): readonly Shortage[] => {
  const { disks, setMaxMemory } = scene;
  const end = () => givePostgresSpace(scene);
  return [
    { what: "Redis' disk is full", part: 'redis', begin: disks.redis.fill, end: async () => disks.redis.free() },
    {
      what: "Redis' memory is used up",
      part: 'redis',
      begin: () => setMaxMemory('1mb'),
      end: () => setMaxMemory('0'),
    },
    { what: "PostgreSQL's disk is full", part: 'commands', begin: disks.postgres.fill, end },
    { what: 'and so is its log: it stops', part: 'commands', begin: () => exhaustLog(scene), end },
  ];
};

/** Until readiness tells of it, some seconds more, then the other way round. */
const endure = async ({ context }: Scene, { what, part, begin, end }: Shortage, url: string): Promise<void> => {
  const { step, note, isQuick } = context;
  step(what);
  const beganMs = performance.now();
  await begin();
  await untilReady(url, { part, isReady: false, ms: NOTICED_WITHIN_MS });
  note(`readiness says so after ${Math.round(performance.now() - beganMs)} ms`);
  await sleep(FULL_MS);
  const endedMs = performance.now();
  await end();
  await untilReady(url, { part, isReady: true, ms: BACK_WITHIN_MS });
  note(`given back; ready again after ${Math.round(performance.now() - endedMs)} ms`);
  await sleep(isQuick ? 2_000 : 8_000);
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { step, isQuick, random, crew } = context;
  const scene = await openScene(context);
  const { postgres, redis, servers } = scene;
  const gateway = await crew.join({ name: 'gateway', roles: ['gateway'], environment: servers });
  await crew.join({ name: 'rest', roles: ['relay', 'payment', 'saga', 'audit'], environment: servers });
  const url = gateway.options.url ?? '';
  const clients = new Clients({ random, urls: () => [url] });
  await clients.open();
  await sleep(isQuick ? 2_000 : 8_000);
  for (const shortage of shortagesIn(scene)) {
    await endure(scene, shortage, url);
    context.note(`longest gap between answers so far: ${Math.round(clients.figures.longestGapMs)} ms`);
  }
  step('sees what is left');
  await clients.close();
  const lost = await lostIn({ postgres, redis, clients, crew, random, gateways: [url] });
  const did = `Redis' disk full, its memory used up, PostgreSQL's disk full, and full until it stopped, for ${FULL_MS / 1_000} s each and more`;
  return { did, clients: clients.figures, lost };
};

export const fullDisk: Drill = {
  name: 'full-disk',
  title: 'the disk of Redis, its memory and the disk of PostgreSQL are full for a while',
  procedure: 'docs/operations.md#a-full-disk',
  run,
};
