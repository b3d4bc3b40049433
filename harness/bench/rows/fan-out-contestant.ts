import { readFileSync } from 'node:fs';
import type { Delivered, Question } from '../load/subscribers.ts';
import { type Contestant, meterCpu, type Processes } from '../measure/index.ts';
import { startChild } from '../stage/index.ts';

/** Whoever tells all subscribers of an order of its updates. */
export interface Publisher extends AsyncDisposable {
  readonly url: string;
  readonly gatewayPid: number;
  readonly processes: Processes;
  /** An order that can be subscribed to. */
  readonly begin: () => Promise<string>;
  /** Makes its last two updates. */
  readonly publish: (orderId: string) => Promise<void>;
  readonly verify: () => Promise<void>;
}

const UPDATES = 2;
const KIBIBYTE = 1_024;

/** Resident memory. Source: proc(5), VmRSS. */
const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * KIBIBYTE;

/** @throws unless every subscriber got every update once */
const check = (name: string, { fewest, most }: Delivered): void => {
  if (fewest !== UPDATES || most !== UPDATES)
    throw new Error(`${name}: subscribers got ${fewest} to ${most} updates in place of ${UPDATES}.`);
};

/** A round is one order: all subscribe, then two updates go to each of them. It takes as long as it takes. */
export const fanOutContestant = async (
  name: string,
  openPublisher: () => Promise<Publisher>,
  subscribers: number,
): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const publisher = opening.use(await openPublisher());
  const load = opening.use(startChild('load/subscribers.ts'));
  const tell = <Answer>(question: Question): Promise<Answer> => load.ask<Answer>(question);
  await publisher.begin();
  const before = residentBytes(publisher.gatewayPid);
  await tell({ type: 'connect', url: publisher.url, subscribers });
  const processes = { ...publisher.processes, load: [load.pid] };
  const opened = opening.move();
  return {
    name,
    round: async () => {
      const orderId = await publisher.begin();
      const askedAt = performance.now();
      await tell({ type: 'subscribe', orderId });
      const snapshotsPerSecond = (subscribers / (performance.now() - askedAt)) * 1_000;
      const bytesPerSubscriber = (residentBytes(publisher.gatewayPid) - before) / subscribers;
      const used = meterCpu(processes);
      await publisher.publish(orderId);
      const delivered = await tell<Delivered>({ type: 'ended' });
      check(name, delivered);
      const { deliveries: operations, seconds } = delivered;
      return { operations, seconds, cpuMicros: used(), figures: { bytesPerSubscriber, snapshotsPerSecond } };
    },
    verify: publisher.verify,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
