import { sleep } from '../../../src/platform/index.ts';
import { until } from '../operator.ts';
import type { Scene } from './scene.ts';
import { entriesAdded, isMaster, timesAsked, writeAnotherHistory } from './streams.ts';

/** One way in which a master goes. Answers with what came of it, in a few words. */
export interface Failure {
  readonly what: string;
  readonly strike: (scene: Scene) => Promise<string>;
}

/** For how long replicas do not hear of what the master takes, before it dies. */
const CUT_OFF_MS = 1_500;
/** What was sent to a frozen master it does when it wakes up; and Sentinels are asked twice a second. */
const LEAVING_MS = 1_500;
const DEMOTED_WITHIN_MS = 60_000;

const secondsSince = (startedAt: number): string => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;

const untilDemoted = ({ set }: Scene, port: number): Promise<boolean> =>
  until({
    what: 'the old master is a replica',
    ms: DEMOTED_WITHIN_MS,
    look: async () => ((await isMaster(set.clientOf(port)).catch(() => true)) ? null : true),
  });

/** The machine comes back, and its Redis takes itself for the master that it was. */
const comeBack = async (scene: Scene, port: number): Promise<void> => {
  await scene.set.restart(port);
  await untilDemoted(scene, port);
};

const killed: Failure = {
  what: 'the master is killed',
  strike: async (scene) => {
    const { set } = scene;
    const master = await set.master();
    const startedAt = performance.now();
    await set.kill(master);
    await set.untilMasterIsNot(master);
    const promotedAfter = secondsSince(startedAt);
    await comeBack(scene, master);
    return `another one was master after ${promotedAfter}`;
  },
};

const late: Failure = {
  what: `the master is killed when no replica had heard of its last ${CUT_OFF_MS / 1_000} s`,
  strike: async (scene) => {
    const { set } = scene;
    const master = await set.master();
    await set.cutReplication(master);
    await sleep(CUT_OFF_MS);
    const before = await entriesAdded(set.clientOf(master));
    await set.kill(master);
    const replicas = set.ports.filter((port) => port !== master);
    const heard = Math.max(...(await Promise.all(replicas.map((port) => entriesAdded(set.clientOf(port))))));
    if (heard >= before) throw new Error('Nothing was lost: this shows nothing.');
    await set.untilMasterIsNot(master);
    await comeBack(scene, master);
    return `${before - heard} entries were lost with it`;
  },
};

const planned: Failure = {
  what: 'SENTINEL FAILOVER, before the master is taken away',
  strike: async (scene) => {
    const { set } = scene;
    const master = await set.master();
    const startedAt = performance.now();
    await set.failOver();
    await set.untilMasterIsNot(master);
    const promotedAfter = secondsSince(startedAt);
    await untilDemoted(scene, master);
    return `another one was master after ${promotedAfter}`;
  },
};

/** Looks at a server for as long as it takes itself for the master. Answers with how often it was asked for anything. */
const whileItBelieves = async (
  { set }: Scene,
  port: number,
): Promise<{ readonly asked: number; readonly ms: number }> => {
  const client = set.clientOf(port);
  const [before, startedAt] = [await timesAsked(client), performance.now()];
  let after = before;
  while (await isMaster(client).catch(() => true)) {
    after = await timesAsked(client).catch(() => after);
    await sleep(50);
  }
  return { asked: after - before, ms: performance.now() - startedAt };
};

const frozen: Failure = {
  what: 'the master is frozen, and comes back with a history of its own',
  strike: async (scene) => {
    const { set } = scene;
    const master = await set.master();
    set.signal(master, 'SIGSTOP');
    await set.untilMasterIsNot(master);
    set.signal(master, 'SIGCONT');
    await sleep(LEAVING_MS);
    await writeAnotherHistory(set.clientOf(master));
    const { asked, ms } = await whileItBelieves(scene, master);
    if (asked > 0) throw new Error(`The old master was asked ${asked} times while it took itself for the master.`);
    return `it took itself for the master for ${(ms / 1_000).toFixed(1)} s more, and nobody asked it`;
  },
};

export const FAILURES: readonly Failure[] = [killed, late, planned, frozen];
