import { sleep } from '../../../src/platform/index.ts';
import type { BusStage, Stage } from '../stage/index.ts';
import { StreamTail } from './tail.ts';

const PERIOD_MS = 500;

/** All of a stage that is looked at. */
export type Observed = Pick<Stage, 'streams'> & { readonly redis: Pick<BusStage, 'client' | 'statistics'> };

interface Counters {
  claims: number;
  groupsMade: number;
}

const callsOf = (stats: string, command: string): number =>
  Number(new RegExp(`^cmdstat_${command.replace('|', '\\|')}:calls=(\\d+)`, 'm').exec(stats)?.[1] ?? 0);

/** Looks on from beside: what passed through Redis, and what the consumers asked of it. */
export class Observer {
  readonly #stage: Observed;
  readonly #tails: readonly StreamTail[];
  readonly #last = new Map<string, Counters>();
  readonly totals: Counters = { claims: 0, groupsMade: 0 };

  constructor(stage: Observed) {
    this.#stage = stage;
    // An event may come again in another partition than before.
    const seen = new Set<string>();
    this.#tails = stage.streams.possible.map((key) => new StreamTail(key, seen));
  }

  /** Events that came onto their stream again. */
  get duplicates(): number {
    return this.#tails.reduce((sum, tail) => sum + tail.duplicates, 0);
  }

  get entries(): number {
    return this.#tails.reduce((sum, tail) => sum + tail.entries, 0);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await sleep(PERIOD_MS, signal);
    }
  }

  /** Looks once. Whatever is away is looked at next time. */
  async look(): Promise<void> {
    try {
      const redis = this.#stage.redis.client;
      for (const [name, stats] of await this.#stage.redis.statistics()) this.#count(name, stats);
      for (const tail of this.#tails) await tail.read(redis);
    } catch {
      return;
    }
  }

  /** A server counts from its start: less than before means that it was started anew. */
  #count(server: string, stats: string): void {
    const now = { claims: callsOf(stats, 'xclaim'), groupsMade: callsOf(stats, 'xgroup|create') };
    const last = this.#last.get(server) ?? { claims: 0, groupsMade: 0 };
    for (const name of ['claims', 'groupsMade'] as const)
      this.totals[name] += now[name] < last[name] ? now[name] : now[name] - last[name];
    this.#last.set(server, now);
  }
}
