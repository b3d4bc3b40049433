import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { ClusterNode } from '../../harness/support/cluster/cluster-node.ts';
import { ClusterSet, slotOf } from '../../harness/support/cluster/cluster-set.ts';
import { eventually } from '../../harness/support/eventually.ts';
import {
  cartIds,
  type JournalAtWork,
  journalAtWork,
  outboxOf,
  requestOn,
  writeJournal,
} from '../../harness/support/journal.ts';
import { type FoundPublication, type OwnedRedis, Ownership, openOwnedRedis, tellRouting } from '../bus/index.ts';
import { decodeEntry, fixedLayout, type Partitioning, partitionKey, STREAMS, streamKey } from '../events/index.ts';
import { openLogger } from '../platform/index.ts';
import { markPlaces } from './foreign-publications.ts';
import type { Relay } from './relay.ts';
import { startRelay } from './start-relay.ts';

const EIGHT: Partitioning = { partitions: 8, most: 8 };
const KEYS = Array.from({ length: EIGHT.partitions }, (_, nth) => partitionKey(STREAMS.carts, nth));
const DATABASE_ID = '11111111-1111-1111-1111-111111111111';
/** How soon the streams of other masters have to go on. */
const SOON_MS = 2_000;
/** Long enough for the watch to notice, and for the client to leave a connection that does not answer. */
const NOTICED_MS = 7_000;

const logger = openLogger('silent');

let atWork: JournalAtWork;
let cluster: ClusterSet;
let opened: AsyncDisposableStack;
let relays: Relay[];
/** Streams to which more was published than the database knows of. */
let newer: Set<string>;

beforeAll(async () => {
  const opening = new AsyncDisposableStack();
  const directory = mkdtempSync(join(inject('runDirectory'), 'relay-cluster-'));
  cluster = opening.use(await ClusterSet.open({ directory, nodeTimeoutMs: 1_000 }));
  atWork = opening.use(await journalAtWork());
  return () => opening.disposeAsync();
});
beforeEach(async () => {
  [relays, opened, newer] = [[], new AsyncDisposableStack(), new Set()];
  for (const master of await cluster.masters()) await master.client.flushall();
  await sql`delete from write.publication`.execute(atWork.database.db);
  await sql`delete from write.outbox`.execute(atWork.database.db);
});
afterEach(async () => {
  for (const node of cluster.nodes) node.signal('SIGCONT');
  for (const relay of relays) await relay[Symbol.asyncDispose]();
  await opened.disposeAsync();
  await cluster.untilWhole();
});

const objection = async (found: readonly FoundPublication[]) =>
  found.some(({ stream }) => newer.has(stream)) ? 'Redis is newer than the database' : null;

const openAsOurs = (): OwnedRedis => {
  const ownership = new Ownership({ databaseId: DATABASE_ID, marks: markPlaces(KEYS), objection, logger });
  return opened.adopt(openOwnedRedis({ url: cluster.url, prefix: '', ownership }), (each) => each.disconnect());
};

const relay = (redis = openAsOurs()): Relay => {
  const tell = (now: Partitioning) => tellRouting(redis, 'write', now);
  const routing = { layout: fixedLayout(EIGHT), standing: async () => async () => true, tell };
  const precondition = () => redis.examine('write');
  const started = startRelay({ journal: 'write', databaseUrl: atWork.url, redis, logger, routing, precondition });
  relays.push(started);
  return started;
};

const cartIn = (key: string): string => cartIds(256).find((id) => streamKey(STREAMS.carts, id, EIGHT) === key) ?? '';

const append = async (key: string, count = 1): Promise<readonly string[]> => {
  const request = requestOn(cartIn(key), 0, { count });
  expect((await writeJournal(atWork).append(request)).type).toBe('Appended');
  return request.entries.map(({ envelope }) => envelope.eventId);
};

interface Place {
  readonly key: string;
  readonly master: ClusterNode;
}

/** The ids of what stands there, each as often as it does. */
const entriesOf = async ({ key, master }: Place): Promise<readonly string[]> => {
  const readAt = ({ client }: ClusterNode) => client.xrange(key, '-', '+');
  const entries = await readAt(master).catch(async (error: Error) => {
    // A replica that was thawed with it may have been promoted meanwhile.
    if (!error.message.startsWith('MOVED')) throw error;
    return readAt(await cluster.ownerOf(slotOf(key)));
  });
  return entries.map(([, fields]) => decodeEntry(STREAMS.carts, fields).envelope.eventId);
};

const isOn = (place: Place, ids: readonly string[], withinMs?: number) =>
  eventually(async () => expect([...new Set(await entriesOf(place))]).toEqual(ids), withinMs);

/**
 * Partitions of two masters; the first one's also has where it is told how the streams are divided. And its nodes: itself, and
 * who could be promoted in its place.
 */
const twoMasters = async () => {
  const places = await Promise.all(KEYS.map(async (key) => ({ key, master: await cluster.ownerOf(slotOf(key)) })));
  const telling = await cluster.ownerOf(slotOf('panier:routing:write'));
  const away = places.find(({ master }) => master === telling);
  const there = places.find(({ master }) => master !== away?.master);
  if (away === undefined || there === undefined) throw new Error('The partitions are at other masters.');
  return { away, there, nodes: [away.master, ...(await cluster.replicasOf(away.master))] };
};

describe('a relay of a cluster of which a master is away for good', () => {
  it('goes on with what the others have, and with the rest when it is back', async () => {
    const { away, there, nodes } = await twoMasters();
    relay();
    const before = [await append(away.key, 2), await append(there.key, 2)] as const;
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
    for (const node of nodes) node.signal('SIGSTOP');
    const waiting = [await append(away.key), await append(away.key)].flat();
    const after = [...before[1]];
    for (const until = performance.now() + NOTICED_MS; performance.now() < until; ) {
      after.push(...(await append(there.key)));
      await isOn(there, after, SOON_MS);
    }
    await eventually(async () => expect(await outboxOf(atWork)).toBe(waiting.length));
    for (const node of nodes) node.signal('SIGCONT');
    await isOn(away, [...before[0], ...waiting]);
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
  });

  it('begins to lead meanwhile', async () => {
    const { away, there, nodes } = await twoMasters();
    const redis = openAsOurs();
    await redis.examine();
    for (const node of nodes) node.signal('SIGSTOP');
    relay(redis);
    const waiting = await append(away.key);
    expect(await entriesOf(there)).toEqual([]);
    const published = [await append(there.key)].flat();
    await isOn(there, published, SOON_MS);
    published.push(...(await append(there.key)));
    await isOn(there, published, SOON_MS);
    for (const node of nodes) node.signal('SIGCONT');
    await isOn(away, waiting);
  });

  it('looks of what time the rest is before it publishes there', async () => {
    const { away, there, nodes } = await twoMasters();
    const redis = openAsOurs();
    const first = relay(redis);
    await append(away.key);
    await eventually(async () => expect(await outboxOf(atWork)).toBe(0));
    await first[Symbol.asyncDispose]();
    const entries = await entriesOf(away);
    for (const node of nodes) node.signal('SIGSTOP');
    newer.add(away.key);
    relay(redis);
    await append(away.key);
    await isOn(there, await append(there.key));
    for (const node of nodes) node.signal('SIGCONT');
    await eventually(() => expect(redis.xlen(there.key)).rejects.toThrow('newer'));
    await eventually(() => expect(redis.examine('write')).rejects.toThrow('newer'));
    expect(await entriesOf(away)).toEqual(entries);
  });
});
