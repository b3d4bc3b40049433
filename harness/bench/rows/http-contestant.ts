import type { HttpRound, Prepare, Run } from '../load/http.ts';
import { type Contestant, meterCpu, type Processes } from '../measure/index.ts';
import { startChild } from '../stage/index.ts';

/** What answers, and how to know afterwards that it was right. */
export interface Target extends AsyncDisposable {
  readonly url: string;
  readonly processes: Processes;
  /** Waits for what goes on after the answers; it counts into the round. */
  readonly settle: () => Promise<void>;
  readonly verify: (operations: number) => Promise<void>;
}

export interface Requests {
  readonly bodies: readonly string[];
  readonly expected: string;
  readonly inFlight: number;
}

/** A contestant that gets the same requests over HTTP in a closed loop, from a process of its own. */
export const httpContestant = async (
  name: string,
  openTarget: () => Promise<Target>,
  requestsFor: (target: Target) => Promise<Requests>,
): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const target = opening.use(await openTarget());
  const load = opening.use(startChild('load/http.ts'));
  await load.ask({ type: 'prepare', url: target.url, ...(await requestsFor(target)) } satisfies Prepare);
  const processes = { ...target.processes, load: [load.pid] };
  let total = 0;
  const opened = opening.move();
  return {
    name,
    round: async (seconds) => {
      const startedAt = performance.now();
      const used = meterCpu(processes);
      const answered = await load.ask<HttpRound>({ type: 'run', seconds } satisfies Run);
      await target.settle();
      total += answered.operations;
      const answeredPerSecond = answered.operations / answered.seconds;
      const { operations, latencyMs } = answered;
      const elapsed = (performance.now() - startedAt) / 1_000;
      return { operations, latencyMs, seconds: elapsed, cpuMicros: used(), figures: { answeredPerSecond } };
    },
    verify: async () => {
      if (total === 0) throw new Error(`${name}: nothing was answered.`);
      await target.verify(total);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
