import { AUDIT_STREAMS } from '../../../src/audit/index.ts';
import { type Partitioning, partitionKey } from '../../../src/events/index.ts';
import { type Question, WRITER } from '../load/writer-question.ts';
import { type Contestant, meterCpu, meterWaits } from '../measure/index.ts';
import { type Child, divide, type OwnStore, openOwnStore, prefillPartitions, startChild } from '../stage/index.ts';
import { verifyLives, wholeLives } from './p5-projector.ts';

/** Events that wait when a round begins, for each second that it is to last. */
const EVENTS_A_SECOND = 20_000;

export const writersName = (writers: number): string => (writers === 1 ? 'one writer' : `${writers} writers`);

const keysOf = (partition: number, { partitions }: Partitioning): readonly string[] =>
  AUDIT_STREAMS.map((stream) => (partitions === 1 ? stream : partitionKey(stream, partition)));

const startWriter = async ({ servers }: OwnStore, name: string, streams: readonly string[]): Promise<Child> => {
  const child = startChild('load/writer.ts');
  const { databaseUrl, redisUrl } = servers;
  await child.ask({ type: 'prepare', databaseUrl, redisUrl, streams, name } satisfies Question);
  return child;
};

/** As many processes as partitions, each of which stores and folds the events of its own. */
export const openWriters = async (writers: number, { isQuick }: { readonly isQuick: boolean }): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const layout = await divide(store, writers);
  const children: Child[] = [];
  for (let nth = 0; nth < writers; nth += 1)
    children.push(opening.use(await startWriter(store, `writer-${nth}`, keysOf(nth, layout))));
  const processes = { writers: children.map(({ pid }) => pid), ...store.servers.pids };
  let events = 0;
  const opened = opening.move();
  return {
    name: writersName(writers),
    round: async (seconds) => {
      const lives = wholeLives(seconds * (isQuick ? 1_000 : EVENTS_A_SECOND));
      const counts = await prefillPartitions(store, lives, layout);
      const waits = meterWaits(store.servers.pool, `panier ${WRITER}`);
      const [used, startedAt] = [meterCpu(processes), performance.now()];
      const storing = children.map((child, nth) =>
        child.ask({ type: 'store', events: counts[nth] ?? 0 } satisfies Question),
      );
      await Promise.all(storing);
      const took = (performance.now() - startedAt) / 1_000;
      const [cpuMicros, { lock, client, idle }] = [used(), await waits()];
      events += lives.length;
      const figures = { lockShare: lock, clientShare: client, idleShare: idle };
      return { operations: lives.length, seconds: took, cpuMicros, figures };
    },
    verify: () => verifyLives(store, events),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
