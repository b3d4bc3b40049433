import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ClusterSet, slotOf } from '../../../harness/support/cluster/cluster-set.ts';
import { eventually } from '../../../harness/support/eventually.ts';
import { ignored, openLogger, readClusterUrl, sleep } from '../../platform/index.ts';
import {
  type MarkPlace,
  type OwnedRedis,
  Ownership,
  openOwnedRedis,
  openRedis,
  openRedisStreamGroup,
  redisServerState,
} from '../index.ts';
import type { StreamGroup } from '../stream-group.ts';
import { ClusterWatch } from './cluster-watch.ts';
import { Router } from './router.ts';

const NODE_TIMEOUT_MS = 1_000;
const SEVERAL_MS = 20_000;

let opened: AsyncDisposableStack;
let cluster: ClusterSet;
let redis: Redis;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const directory = mkdtempSync(join(inject('runDirectory'), 'cluster-'));
  cluster = opened.use(await ClusterSet.open({ directory, nodeTimeoutMs: NODE_TIMEOUT_MS }));
  redis = opened.adopt(openRedis(cluster.url), (each) => each.disconnect());
});

afterAll(() => opened.disposeAsync());

/** A stream in a slot of each master, so named. */
const streamsOf = async (name: string): Promise<readonly string[]> => {
  const found = new Map<number, string>();
  for (let nth = 0; found.size < 3; nth += 1) {
    const stream = `${name}-${nth}`;
    const { port } = await cluster.ownerOf(slotOf(stream));
    if (!found.has(port)) found.set(port, stream);
  }
  return [...found.values()];
};

const groupOn = (name: string): StreamGroup =>
  opened.adopt(openRedisStreamGroup(cluster.url, { group: name, consumer: 'one' }), (each) => each.close());

/** Reads until all of them came; answers with how often each did. */
const readAll = async (group: StreamGroup, streams: readonly string[], wanted: readonly string[]) => {
  const seen = new Map<string, number>();
  for (const until = performance.now() + SEVERAL_MS; performance.now() < until; ) {
    const entries = await group.readNew({ streams, count: 100, blockMs: 200 }).catch(() => []);
    for (const { fields } of entries) seen.set(fields[1] ?? '', (seen.get(fields[1] ?? '') ?? 0) + 1);
    if (wanted.every((each) => seen.has(each))) break;
  }
  return seen;
};

const ownershipOf = (databaseId: string, marks: readonly MarkPlace[]): Ownership =>
  new Ownership({ databaseId, marks, objection: async () => null, logger: openLogger('silent') });

const openAs = (ownership: Ownership): OwnedRedis =>
  opened.adopt(openOwnedRedis({ url: cluster.url, prefix: '', ownership }), (each) => each.disconnect());

const openNowhere = (): Redis =>
  new Redis({ port: 1, retryStrategy: () => 60_000, maxRetriesPerRequest: null }).on('error', ignored);

const ONE = '11111111-1111-1111-1111-111111111111';
const ANOTHER = '22222222-2222-2222-2222-222222222222';

const markOf = (stream: string): MarkPlace => ({ journal: 'write', stream, key: `{${stream}}:published:write` });

describe('a Redis Cluster', () => {
  it('is read by one group from all masters at once', async () => {
    const streams = await streamsOf('at-once');
    const group = groupOn('at-once');
    for (const stream of streams) expect(await group.ensureGroup(stream, '0')).toBe(true);
    expect(await group.readNew({ streams, count: 10, blockMs: null })).toEqual([]);
    const waiting = group.readNew({ streams, count: 10, blockMs: 2_000 });
    await redis.xadd(streams[1] ?? '', '*', 'n', 'first');
    expect((await waiting).map(({ stream, fields }) => [stream, ...fields])).toEqual([[streams[1], 'n', 'first']]);
    await Promise.all(streams.map((stream) => redis.xadd(stream, '*', 'n', stream)));
    const seen = await readAll(group, streams, streams);
    expect([...seen.values()]).toEqual([1, 1, 1]);
  });

  it('goes on with what other masters have while one is frozen, and leaves that one for its successor', async () => {
    const streams = await streamsOf('frozen');
    const group = groupOn('frozen');
    for (const stream of streams) await group.ensureGroup(stream, '0');
    const [stream = '', other = ''] = streams;
    const frozen = await cluster.ownerOf(slotOf(stream));
    const waiting = group.readNew({ streams: [stream], count: 1, blockMs: 60_000 }).catch(() => 'given up');
    await frozen.client.wait(1, 2_000);
    frozen.signal('SIGSTOP');
    await redis.xadd(other, '*', 'n', 'meanwhile');
    const read = await eventually(() => group.readNew({ streams: [other], count: 1, blockMs: 500 }));
    expect(read.map(({ fields }) => fields)).toEqual([['n', 'meanwhile']]);
    const promoted = await cluster.untilOwnerIsNot(frozen, slotOf(stream));
    const patience = sleep(3_000).then(() => 'waiting still');
    expect(await Promise.race([waiting, patience])).toBe('given up');
    await eventually(() => redis.xadd(stream, '*', 'n', 'afterwards'));
    expect(await promoted.client.xlen(stream)).toBe(1);
    await eventually(() => group.ensureGroup(stream, '0'));
    expect((await readAll(group, streams, ['afterwards'])).get('afterwards')).toBe(1);
    frozen.signal('SIGCONT');
    await cluster.untilWhole();
  });

  it('is written and read on while slots move from one master to another and back', async () => {
    const streams = await streamsOf('moved');
    const [stream = ''] = streams;
    const group = groupOn('moved');
    for (const each of streams) await group.ensureGroup(each, '0');
    const [from, ...others] = [await cluster.ownerOf(slotOf(stream)), ...(await cluster.masters())];
    const to = others.find((each) => each !== from) ?? from;
    const written: string[] = [];
    const writing = (async () => {
      for (let nth = 0; nth < 200; nth += 1) {
        await redis.xadd(stream, '*', 'n', String(nth));
        written.push(String(nth));
        await sleep(5);
      }
    })();
    for (const target of [to, from, to]) {
      await cluster.moveSlot(slotOf(stream), target);
      await sleep(100);
    }
    await writing;
    const seen = await readAll(group, streams, written);
    expect(written.filter((each) => !seen.has(each))).toEqual([]);
    expect(await to.client.xlen(stream)).toBe(200);
  });

  it('hears at every node what is published at any, also after its node is gone', async () => {
    const subscriber = opened.adopt(redis.duplicate({ autoResubscribe: false }), (each) => each.disconnect());
    const subscribe = () => void subscriber.subscribe('news').catch(ignored);
    subscriber.on('error', ignored).on('ready', subscribe);
    const heard: string[] = [];
    subscriber.on('message', (_channel, message: string) => void heard.push(message));
    const hears = (text: string) =>
      eventually(async () => {
        await redis.publish('news', text);
        if (!heard.includes(text)) throw new Error('not yet');
      });
    await hears('one');
    const left = once(subscriber, 'close');
    const port = subscriber.stream.remotePort;
    const node = cluster.nodes.find((each) => each.port === port);
    await node?.kill();
    await left;
    await hears('two');
    expect(heard).toEqual(expect.arrayContaining(['one', 'two']));
    await node?.start();
    await cluster.untilWhole();
  });

  it('belongs to one database, stream by stream, and a slot that was emptied is taken again', async () => {
    const streams = await streamsOf('owned');
    const marks = streams.map(markOf);
    const open = (id: string, prefix = '') =>
      opened.adopt(openOwnedRedis({ url: cluster.url, prefix, ownership: ownershipOf(id, marks) }), (each) =>
        each.disconnect(),
      );
    const [stream = ''] = streams;
    const ours = open(ONE);
    await ours.examine();
    expect(await redis.get(`{${stream}}:database`)).toBe(ONE);
    expect(await redis.get('panier:database')).toBe(ONE);
    await expect(open(ANOTHER).xlen(stream)).rejects.toThrow('belongs to another panier');
    await redis.del(`{${stream}}:database`);
    await open(ONE).xadd(stream, '*', 'a', 'b');
    expect(await redis.get(`{${stream}}:database`)).toBe(ONE);
    const prefixed = open(ANOTHER, 'shop:');
    await prefixed.examine();
    await prefixed.eval(
      "redis.call('SET', KEYS[2], 'x') return redis.call('XADD', KEYS[1], '*', 'a', 'b')",
      2,
      stream,
      `{${stream}}:published:write`,
    );
    expect(await redis.get(`{shop:${stream}}:published:write`)).toBe('x');
    expect(await redis.get(`{shop:${stream}}:database`)).toBe(ANOTHER);
  });

  it('stays refused to one that sees no marks as long as it is to one that sees them', async () => {
    const marks = (await streamsOf('seen')).map(markOf);
    const [{ key } = markOf('')] = marks;
    const whole = new Ownership({
      ...ownershipOf(ONE, marks).parts,
      objection: async (found) => (found.length > 0 ? 'It is newer.' : null),
    });
    const [all, none] = [openAs(whole), openAs(whole.seenBy(() => []))];
    await all.examine();
    await none.get('anything');
    await redis.set(key, '9:1-0:');
    await expect(all.examine()).rejects.toThrow('It is newer.');
    await expect(none.examine()).rejects.toThrow('It is newer.');
    await expect(none.get('anything')).rejects.toThrow('It is newer.');
    await redis.del(key);
    await eventually(() => all.examine());
    expect(await none.get('anything')).toBeNull();
  });

  it('tells of the fullest master how it is', async () => {
    const { usedBytes, maxBytes, written } = await redisServerState(redis);
    expect(usedBytes).toBeGreaterThan(100_000);
    expect(maxBytes).toBeGreaterThan(usedBytes ?? 0);
    expect(written).toContainEqual({ what: 'aof', ok: true });
  });

  it('is waited for where no node answers within a second', async () => {
    for (const node of cluster.nodes) node.signal('SIGSTOP');
    // As somebody else: whom others have found already would be no first look.
    const url = cluster.url.replace('default:', ':');
    const late = opened.adopt(openRedis(url, 10_000), (each) => each.disconnect());
    const answer = late.get('panier:database').then(
      () => 'answered',
      (error: Error) => error.message,
    );
    await sleep(1_500);
    for (const node of cluster.nodes) node.signal('SIGCONT');
    expect(await answer).toBe('answered');
    await cluster.untilWhole();
  });

  it('opens nothing more for who has left while a node was looked for: nobody would close that', async () => {
    const url = readClusterUrl(cluster.url);
    if (!url.ok) throw new Error(url.error);
    const nodes: Redis[] = [];
    const openNode = (): Redis => {
      const node = new Redis({ lazyConnect: true });
      nodes.push(node);
      return node;
    };
    const place = { url: url.value, tls: undefined, tlsFiles: undefined };
    const router = new Router({ place, openNode, holdingOf: () => null, examineAll: async () => {} });
    const masters = router.masters();
    router.close();
    await expect(masters).rejects.toThrow('the connection was closed');
    expect(nodes).toEqual([]);
  });

  it('tells of what waits at a node that is left, also when that was about to connect again', async () => {
    const url = readClusterUrl(cluster.url);
    if (!url.ok) throw new Error(url.error);
    const place = { url: url.value, tls: undefined, tlsFiles: undefined };
    const router = new Router({ place, openNode: openNowhere, holdingOf: () => null, examineAll: async () => {} });
    const [node] = await router.masters();
    if (node === undefined) throw new Error('There is no master.');
    await eventually(async () => expect(node.status).toBe('reconnecting'));
    const answer = node.get('anything').catch((error: Error) => error.message);
    router.close();
    expect(await Promise.race([answer, sleep(2_000)])).toBe('Connection is closed.');
  });

  it('tells only who published that the connection was left meanwhile', async () => {
    const identity = await cluster.ownerOf(slotOf('panier:database'));
    const publisher = await eventually(async () => {
      const opening = openAs(ownershipOf(ONE, []));
      await once(opening, 'ready');
      if (opening.stream.remotePort !== identity.port) return opening;
      throw new Error('It is where the claim is, which has to be answered.');
    });
    const node = cluster.nodes.find(({ port }) => port === publisher.stream.remotePort);
    const strays: unknown[] = [];
    const note = (error: unknown): void => void strays.push(error);
    process.prependListener('unhandledRejection', note);
    node?.signal('SIGSTOP');
    const published = publisher.publish('news', 'late').catch((error: Error) => error.message);
    await sleep(200);
    publisher.disconnect();
    expect(await published).toBe('Connection is closed.');
    await sleep(0);
    node?.signal('SIGCONT');
    process.off('unhandledRejection', note);
    expect(strays).toEqual([]);
  });

  it('takes back a node whose id is another one by now', async () => {
    const url = readClusterUrl(cluster.url);
    if (!url.ok) throw new Error(url.error);
    const watch = opened.use(new ClusterWatch({ url: url.value, tls: undefined, tlsFiles: undefined }));
    await watch.find();
    const [master] = await cluster.masters();
    const [node] = master === undefined ? [] : await cluster.replicasOf(master);
    if (master === undefined || node === undefined) throw new Error('There is no replica.');
    const isSilent = (): boolean => watch.isSilent({ host: '127.0.0.1', port: node.port });
    await eventually(() => expect(isSilent()).toBe(false));
    const former = await node.id();
    await node.client.call('CLUSTER', 'RESET', 'HARD');
    await eventually(() => expect(isSilent()).toBe(true));
    for (const each of cluster.nodes) if (each !== node) await each.client.call('CLUSTER', 'FORGET', former);
    expect(watch.map.masters).toHaveLength(3);
    await node.client.call('CLUSTER', 'MEET', '127.0.0.1', master.port, master.busPort);
    await eventually(() => expect(isSilent()).toBe(false));
    const masterId = await master.id();
    await eventually(() => node.client.call('CLUSTER', 'REPLICATE', masterId));
    await cluster.untilWhole();
    expect(watch.map.masters).toHaveLength(3);
  });

  it('says why it cannot be found', async () => {
    const away = opened.adopt(openRedis('redis+cluster://:hunter2@127.0.0.1:1'), (each) => each.disconnect());
    await expect(away.get('anything')).rejects.toThrow(
      'Redis is away: No node says which of the cluster has which keys: 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1',
    );
  });
});
