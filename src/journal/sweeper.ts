import type { Clock, Logger } from '../platform/index.ts';
import type { JournalName } from './record.ts';
import type { Sweep } from './sweep.ts';

export interface NamedSweep {
  readonly journal: JournalName;
  readonly group: string;
  readonly sweep: Pick<Sweep, 'round'>;
}

export interface SweeperOptions {
  readonly sweeps: readonly NamedSweep[];
  readonly everyMs: number;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Sweeps journals for groups, round after round. Several at once do no harm: an event that comes twice changes nothing. */
export class Sweeper implements AsyncDisposable {
  readonly #options: SweeperOptions;
  readonly #stopping = new AbortController();
  readonly #finished: Promise<void>;

  constructor(options: SweeperOptions) {
    this.#options = options;
    this.#finished = this.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { sweeps, everyMs, clock } = this.#options;
    while (!signal.aborted) {
      await clock.sleep(everyMs, signal);
      for (const named of sweeps) if (!signal.aborted) await this.#round(named);
    }
  }

  async #round({ journal, group, sweep }: NamedSweep): Promise<void> {
    const { logger } = this.#options;
    try {
      const events = await sweep.round();
      if (events > 0)
        logger.warn({ journal, group, events }, 'events had vanished from their streams; they are published again');
    } catch (error) {
      logger.debug({ error, journal, group }, 'sweeping is put off');
    }
  }
}
