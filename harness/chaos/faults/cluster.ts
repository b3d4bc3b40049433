import { sleep } from '../../../src/platform/index.ts';
import type { ClusterNode } from '../../support/cluster/cluster-node.ts';
import { type ClusterSet, slotOf } from '../../support/cluster/cluster-set.ts';
import type { Random } from '../../support/random.ts';
import type { Stage } from '../stage/index.ts';
import { type Fault, type FaultContext, seconds } from './fault.ts';

const MOST_DOWN_MS = 5_000;
const MOST_LAG_MS = 1_500;
const MOST_AFTER_MS = 3_000;
const BETWEEN_MOVES_MS = 1_000;

interface Place {
  readonly set: ClusterSet;
  readonly stream: string;
  readonly slot: number;
  readonly master: ClusterNode;
}

const setOf = ({ cluster }: Stage): ClusterSet => {
  if (cluster === null) throw new Error('There is no cluster: this fault needs --cluster.');
  return cluster.set;
};

const placeOf = async (stage: Stage, random: Random): Promise<Place> => {
  const set = setOf(stage);
  const stream = random.pick(stage.streams.inUse);
  const slot = slotOf(stream);
  return { set, stream, slot, master: await set.ownerOf(slot) };
};

/** Entries that a node's history of the stream has had. */
const addedAt = async ({ client }: ClusterNode, stream: string): Promise<number> => {
  const told = (await client.xinfo('STREAM', stream)) as readonly unknown[];
  return Number(told[told.indexOf('entries-added') + 1]);
};

const addedOrNone = (node: ClusterNode, stream: string): Promise<number> => addedAt(node, stream).catch(() => 0);

const bringBack = async ({ set, master }: Place): Promise<void> => {
  set.heal();
  await master.start();
  await set.untilWhole();
};

/** Its replica takes over, and it comes back as a replica of that one. */
const masterKilled: Fault['strike'] = async ({ stage, random }) => {
  const place = await placeOf(stage, random);
  const startedAt = performance.now();
  await place.master.kill();
  await place.set.untilOwnerIsNot(place.master, place.slot);
  const tookMs = performance.now() - startedAt;
  await sleep(random.between(0, MOST_DOWN_MS));
  await bringBack(place);
  return `the master of ${place.stream} killed, its replica promoted after ${seconds(tookMs)}`;
};

/** What the replica had not heard of is lost. */
const newestLost: Fault['strike'] = async ({ stage, random }) => {
  const place = await placeOf(stage, random);
  const { set, master, slot, stream } = place;
  await set.cutReplication(master);
  await sleep(random.between(MOST_LAG_MS / 5, MOST_LAG_MS));
  const had = await addedOrNone(master, stream);
  await master.kill();
  const promoted = await set.untilOwnerIsNot(master, slot);
  const has = await addedOrNone(promoted, stream);
  await bringBack(place);
  return `a replica of ${stream} promoted without its newest ${Math.max(0, had - has)} entries`;
};

/** It goes on taking what it is told, until it notices that it is alone; then it hears that it is none, and forgets all of it. */
const masterCutOff: Fault['strike'] = async ({ stage, random }) => {
  const { set, stream, slot, master } = await placeOf(stage, random);
  const before = await addedOrNone(master, stream);
  set.cutOff(master);
  await set.untilOwnerIsNot(master, slot);
  await sleep(random.between(0, MOST_AFTER_MS));
  const diverged = (await addedOrNone(master, stream)) - before;
  set.heal();
  await set.untilWhole();
  return `the master of ${stream} cut off, and back with ${diverged} entries more than before`;
};

const masterFrozen: Fault['strike'] = async ({ stage, random }) => {
  const { set, stream, slot, master } = await placeOf(stage, random);
  master.signal('SIGSTOP');
  try {
    await set.untilOwnerIsNot(master, slot);
    await sleep(random.between(0, MOST_AFTER_MS));
  } finally {
    master.signal('SIGCONT');
  }
  await set.untilWhole();
  return `the master of ${stream} frozen until its replica was promoted`;
};

const slotsMoved: Fault['strike'] = async ({ stage, random }: FaultContext) => {
  const set = setOf(stage);
  const moved: string[] = [];
  // Of all streams the same partition is in one slot.
  const bySlot = new Map(stage.streams.inUse.map((stream) => [slotOf(stream), stream]));
  for (const [slot, stream] of random.shuffle([...bySlot])) {
    const from = await set.ownerOf(slot);
    const to = random.pick((await set.masters()).filter((each) => each !== from));
    await set.moveSlot(slot, to);
    moved.push(stream);
    await sleep(random.between(0, BETWEEN_MOVES_MS));
  }
  await set.untilWhole();
  return `the slots of ${moved.join(', ')} moved to other masters`;
};

const onCluster = (strike: Fault['strike']): Fault => ({ place: 'redis', strike });

export const clusterKill = onCluster(masterKilled);
export const clusterLoss = onCluster(newestLost);
export const clusterCut = onCluster(masterCutOff);
export const clusterFreeze = onCluster(masterFrozen);
export const clusterMove = onCluster(slotsMoved);
