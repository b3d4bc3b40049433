import { Redis } from 'ioredis';
import { ignored, sleep } from '../platform/index.ts';

const SLOTS = 16_384;
const POLL_MS = 20;
const TOGETHER_WITHIN_MS = 60_000;

/** Where a node is to be found, by clients and by the other nodes. */
export interface NodePlace {
  readonly url: string;
  readonly busPort: number;
}

interface Node {
  readonly host: string;
  readonly port: number;
  readonly busPort: number;
  readonly redis: Redis;
}

const withNodes = async (
  places: readonly NodePlace[],
  work: (nodes: readonly Node[]) => Promise<void>,
): Promise<void> => {
  const nodes = places.map(({ url, busPort }) => {
    const { hostname: host, port } = new URL(url);
    const redis = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => 100 });
    redis.on('error', ignored);
    return { host, port: Number(port), busPort, redis };
  });
  try {
    await work(nodes);
  } finally {
    for (const { redis } of nodes) redis.disconnect();
  }
};

const cluster = (redis: Redis, ...words: readonly (string | number)[]): Promise<unknown> =>
  redis.call('CLUSTER', ...words.map(String));

const meet = async (nodes: readonly Node[]): Promise<void> => {
  for (const { redis } of nodes)
    await Promise.all(nodes.map(({ host, port, busPort }) => cluster(redis, 'MEET', host, port, busPort)));
};

const until = async (isSo: () => Promise<boolean>, what: string): Promise<void> => {
  for (const deadline = Date.now() + TOGETHER_WITHIN_MS; Date.now() < deadline; await sleep(POLL_MS))
    if (await isSo().catch(() => false)) return;
  throw new Error(`${what} within ${TOGETHER_WITHIN_MS / 1_000} s`);
};

const knowsAll = async ({ redis }: Node, count: number): Promise<boolean> => {
  const lines = String(await cluster(redis, 'NODES'))
    .trim()
    .split('\n');
  return (
    lines.length === count && lines.every((line) => !/handshake|noaddr|fail/.test(line) && / connected( |$)/.test(line))
  );
};

const isWhole = async ({ redis }: Node): Promise<boolean> => {
  const info = String(await cluster(redis, 'INFO'));
  if (!info.includes('cluster_state:ok') || !info.includes(`cluster_slots_ok:${SLOTS}`)) return false;
  const replication = await redis.info('replication');
  return replication.includes('role:master') || replication.includes('master_link_status:up');
};

const all = (nodes: readonly Node[], isSo: (node: Node) => Promise<boolean>) => async (): Promise<boolean> =>
  (await Promise.all(nodes.map(isSo))).every((each) => each);

const untilWhole = (nodes: readonly Node[]): Promise<void> =>
  until(all(nodes, isWhole), 'its slots are not all served, or a replica does not follow its master');

const untilKnown = (nodes: readonly Node[]): Promise<void> =>
  until(
    all(nodes, (node) => knowsAll(node, nodes.length)),
    'its nodes do not find one another',
  );

/** Before all have heard who follows whom, nobody would elect a successor. */
const seesReplicas = async ({ redis }: Node, count: number): Promise<boolean> =>
  [...String(await cluster(redis, 'NODES')).matchAll(/\bslave\b/g)].length === count;

/** An equal part of all slots. */
const slotsOf = (nth: number, count: number): readonly number[] => {
  const [first, behind] = [Math.floor((nth * SLOTS) / count), Math.floor(((nth + 1) * SLOTS) / count)];
  return Array.from({ length: behind - first }, (_, index) => first + index);
};

/** Makes a cluster of servers that are in none: the first `masters` share the slots, each of the others follows one of them. */
export const formCluster = (places: readonly NodePlace[], masters: number): Promise<void> =>
  withNodes(places, async (nodes) => {
    for (const [nth, { redis }] of nodes.entries()) {
      await cluster(redis, 'SET-CONFIG-EPOCH', nth + 1);
      // Not as a range: before 7.0 there is no such command.
      if (nth < masters) await cluster(redis, 'ADDSLOTS', ...slotsOf(nth, masters));
    }
    await meet(nodes);
    await untilKnown(nodes);
    for (const [nth, { redis }] of nodes.entries()) {
      const master = nodes[nth % masters];
      if (nth >= masters && master !== undefined)
        await cluster(redis, 'REPLICATE', String(await cluster(master.redis, 'MYID')));
    }
    await until(
      all(nodes, (node) => seesReplicas(node, nodes.length - masters)),
      'its nodes do not hear who follows whom',
    );
    await untilWhole(nodes);
  });

/** Brings the nodes of a cluster together that were started anew, at other addresses than the others know. */
export const gatherCluster = (places: readonly NodePlace[]): Promise<void> =>
  withNodes(places, async (nodes) => {
    await meet(nodes);
    await untilKnown(nodes);
    await untilWhole(nodes);
  });
