import { setTimeout as pause } from 'node:timers/promises';
import { retry, systemClock } from '../../../src/platform/index.ts';
import { type Contestant, Latencies } from '../measure/index.ts';
import {
  openProbes,
  openReaders,
  PAID,
  type PanierProcess,
  type Probes,
  placeOrder,
  type Readers,
  type Reading,
  stockProducts,
} from '../stage/index.ts';

/** How a process goes: killed, frozen, or told to stop. */
type Going = 'SIGKILL' | 'SIGSTOP' | 'SIGTERM';

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 60_000;

interface Stage {
  readonly readers: Readers;
  readonly probes: Probes;
}

/** How long after `sinceMs` each of these was handled again; in the order in which they were. */
const untilHandled = async (
  probes: Probes,
  readings: readonly Reading[],
  sinceMs: number,
): Promise<readonly number[]> => {
  const took: number[] = [];
  let left = readings;
  while (left.length > 0) {
    const handled = await Promise.all(left.map((reading) => probes.isHandled(reading, sinceMs)));
    const tookMs = Date.now() - sinceMs;
    took.push(...handled.filter(Boolean).map(() => tookMs));
    left = left.filter((_, nth) => handled[nth] !== true);
    if (tookMs > PATIENCE_MS) throw new Error(`Nobody reads ${JSON.stringify(left)}.`);
    await pause(LOOK_EVERY_MS);
  }
  return took;
};

const bringBack = async ({ readers }: Stage, worker: PanierProcess, going: Going): Promise<void> => {
  if (going === 'SIGSTOP') process.kill(worker.pid, 'SIGCONT');
  else await readers.replace(worker);
};

/** Lets one process go; how long it took until what it read was read again, each. */
const letGo = async (stage: Stage, going: Going): Promise<readonly number[]> => {
  const { readers, probes } = stage;
  await readers.untilSpread();
  const [worker] = readers.workers();
  if (worker === undefined) throw new Error('There is no process.');
  const readings = await readers.readingsOf(worker);
  const sinceMs = Date.now();
  process.kill(worker.pid, going);
  try {
    return await untilHandled(probes, readings, sinceMs);
  } finally {
    await bringBack(stage, worker, going);
  }
};

const CONFIRMED = 'select count(*)::int as many from read."order" where id = any ($1) and status = \'CONFIRMED\'';
const LETTERS = 'select count(*)::int as many from bus.dead_letter';

/** Whatever went while they were under way, each order comes to its end, and nothing becomes a dead letter. */
const verify = async ({ servers: { pool } }: Readers, orders: readonly string[]): Promise<void> => {
  const count = async (text: string, values: readonly unknown[]): Promise<number> =>
    (await pool.query<{ readonly many: number }>(text, [...values])).rows[0]?.many ?? 0;
  for (
    const endMs = performance.now() + PATIENCE_MS;
    (await count(CONFIRMED, [orders])) < orders.length;
    await pause(50)
  )
    if (performance.now() > endMs) throw new Error(`Of ${orders.length} orders not all are confirmed.`);
  const letters = await count(LETTERS, []);
  if (letters > 0) throw new Error(`${letters} entries became dead letters.`);
};

const GOINGS: readonly Going[] = ['SIGKILL', 'SIGSTOP', 'SIGTERM'];

/** p50, p99 and the longest of each way to go, in milliseconds. */
const figuresOf = (times: ReadonlyMap<Going, Latencies>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...times].flatMap(([going, latencies]) =>
      Object.entries(latencies.summary()).map(([name, ms]) => [`${going} ${name}`, ms]),
    ),
  );

// The gateway closes a connection that rested; a command that was just being sent on it is sent again.
const order = ({ gatewayUrl }: Readers): Promise<string> =>
  retry(() => placeOrder(gatewayUrl, PAID), {
    mayPass: (error) => error instanceof TypeError,
    pauses: { firstMs: 50, maxMs: 50 },
    attempts: 3,
    clock: systemClock,
  });

/** A panier of which one process after the other goes: each round, as often as it has time for, and once at least. */
export const openMoving = async (name: string): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const readers = opening.use(await openReaders());
  await stockProducts(readers.gatewayUrl);
  const stage = { readers, probes: opening.use(openProbes(readers.servers.redis)) };
  const orders: string[] = [];
  const times = new Map(GOINGS.map((going) => [going, new Latencies()]));
  const goOnce = async (going: Going): Promise<void> => {
    orders.push(await order(readers));
    for (const tookMs of await letGo(stage, going)) times.get(going)?.record(tookMs);
  };
  const opened = opening.move();
  return {
    name,
    round: async (seconds) => {
      const [startedAt, before] = [performance.now(), orders.length];
      do for (const going of GOINGS) await goOnce(going);
      while (performance.now() < startedAt + seconds * 1_000);
      const took = (performance.now() - startedAt) / 1_000;
      return { operations: orders.length - before, seconds: took, cpuMicros: {}, figures: figuresOf(times) };
    },
    verify: () => verify(readers, orders),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
