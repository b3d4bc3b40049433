import { STREAMS, streamKeys } from '../../../src/events/index.ts';
import { sleep } from '../../../src/platform/index.ts';
import { runPartitions } from '../../support/run-partitions.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { openServers, type Servers } from '../panier/index.ts';
import { Silence } from '../redis-failover/silence.ts';
import { brokenByVerify } from '../redis-failover/verify.ts';

/** One after the other, beginning with one partition. */
const CHANGES = [4, 8, 1] as const;
const CALM_MS = { full: 10_000, quick: 4_000 } as const;
/** What is promised of a change. */
const MOST_PAUSE_MS = 2_000;
const CAST = [
  ['gateway'],
  ['relay', 'payment'],
  ['relay', 'upkeep', 'webhooks'],
  ['saga', 'audit'],
  ['saga', 'audit', 'payment'],
] as const;

interface Scene {
  readonly context: DrillContext;
  readonly servers: Servers;
  readonly clients: Clients;
  readonly silence: Silence;
  readonly gateway: string;
}

const setScene = async (context: DrillContext): Promise<Scene> => {
  const { crew, random, opened } = context;
  const servers = await openServers(context);
  // They tell how long they waited when they go over.
  const environment = { ...servers.environment(), LOG_LEVEL: 'info' };
  const processes = [];
  for (const [nth, roles] of CAST.entries())
    processes.push(await crew.join({ name: `${roles.join('+')}-${nth}`, roles, environment }));
  const gateway = processes.flatMap(({ options: { url } }) => url ?? [])[0] ?? '';
  const clients = opened.use(new Clients({ random, urls: () => [gateway], commandsPerSecond: 40 }));
  const silence = opened.use(new Silence(() => clients.audited.eventIds.length));
  return { context, servers, clients, silence, gateway };
};

/** How many entries each key of the orders' stream has that has any. */
const lengths = async ({ servers }: Scene): Promise<ReadonlyMap<string, number>> => {
  const keys = streamKeys(STREAMS.orders, { partitions: 1, most: Math.max(...CHANGES) });
  const counts = await Promise.all(keys.map((key) => servers.redis.client.xlen(key)));
  return new Map(keys.map((key, nth) => [key, counts[nth] ?? 0]));
};

/** The keys that orders' events have come to since. */
const grown = async (scene: Scene, before: ReadonlyMap<string, number>): Promise<readonly string[]> =>
  [...(await lengths(scene))].filter(([key, length]) => length > (before.get(key) ?? 0)).map(([key]) => key);

/** What the relays that lead have said of going over, each once. */
const wentOver = ({ context: { crew } }: Scene): readonly string[] =>
  crew.processes.flatMap((each) => each.logged('The relay publishes to other partitions'));

interface Went {
  readonly journal: string;
  readonly waitedMs: number;
  readonly isReadUp: boolean;
}

const waitsOf = (lines: readonly string[]): string =>
  lines
    .map((line) => JSON.parse(line) as Went)
    .map(({ journal, waitedMs, isReadUp }) => `${journal} ${waitedMs} ms${isReadUp ? '' : ', not read up'}`)
    .join('; ');

/** From the change on: for how long nothing was stored, at the longest, within its first seconds. */
const PAUSE = `
  select coalesce(max(extract(epoch from at - greatest(before, changed_at)) * 1000), 0)::float8 as ms
  from (select recorded_at as at, lag(recorded_at) over (order by recorded_at) as before from audit.event_store) as stored,
    audit.partitioning
  where at > changed_at and before < changed_at + interval '3 seconds'`;

const pauseMs = async ({ servers }: Scene): Promise<number> =>
  (await servers.postgres.query<{ readonly ms: number }>(PAUSE))[0]?.ms ?? 0;

interface Changed {
  readonly did: string;
  readonly wrong: readonly string[];
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

const expectedAt = (partitions: number): readonly string[] =>
  streamKeys(STREAMS.orders, { partitions, most: partitions }).slice(partitions === 1 ? 0 : 1);

const change = async (scene: Scene, partitions: number): Promise<Changed> => {
  const { context, servers, silence } = scene;
  context.step(`npm run partitions -- ${partitions}`);
  silence.take();
  const said = wentOver(scene).length;
  const beganAt = performance.now();
  context.note(await runPartitions({ project: context.project, partitions, environment: servers.environment() }));
  const tookMs = performance.now() - beganAt;
  const there = await lengths(scene);
  await sleep(context.isQuick ? CALM_MS.quick : CALM_MS.full);
  const [silentMs, pausedMs] = [silence.take(), await pauseMs(scene)];
  const keys = await grown(scene, there);
  const strays = keys.filter((key) => !expectedAt(partitions).includes(key));
  context.note(`relays waited: ${waitsOf(wentOver(scene).slice(said))}`);
  context.note(`orders' events go to ${keys.join(', ')}`);
  context.note(
    `nothing was stored for ${seconds(pausedMs)}; the longest time without an event, the command's start included: ${seconds(silentMs)}`,
  );
  return {
    did: `to ${partitions} in ${seconds(tookMs)} (a pause of ${seconds(pausedMs)})`,
    wrong: [
      ...(pausedMs > MOST_PAUSE_MS ? [`a pause of ${seconds(pausedMs)} in the change to ${partitions}`] : []),
      ...strays.map((key) => `orders' events went to ${key} after the change to ${partitions}`),
    ],
  };
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { crew, random, isQuick, step, note } = context;
  const scene = await setScene(context);
  const { clients, servers, gateway } = scene;
  step('one partition, two processes of each role that reads or publishes; customers buy');
  await clients.open();
  const calmMs = isQuick ? CALM_MS.quick : CALM_MS.full;
  await sleep(calmMs);
  // What it takes until the first events come is no pause.
  scene.silence.take();
  await sleep(calmMs);
  note(`longest time without an event before any change: ${seconds(scene.silence.take())}`);
  const changes: Changed[] = [];
  for (const partitions of CHANGES) changes.push(await change(scene, partitions));
  await clients.close();
  step('sees that nothing is lost, and nothing there twice');
  const lost = await lostIn({ clients, crew, ...servers, gateways: [gateway], random });
  const broken = await brokenByVerify({ context, environment: servers.environment() });
  return {
    did: changes.map(({ did }) => did).join('; '),
    clients: clients.figures,
    lost: [...changes.flatMap(({ wrong }) => wrong), ...lost, ...broken],
  };
};

export const partitions: Drill = {
  name: 'partitions',
  title: 'the streams are divided into 4, into 8 and into one again',
  procedure: 'docs/operations.md#more-partitions-or-fewer',
  run,
};
