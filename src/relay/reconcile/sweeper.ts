import type { JournalName } from '../../database/index.ts';
import { type Clock, type Logger, repeat } from '../../platform/index.ts';
import type { Sweep } from './sweep.ts';

export interface NamedSweep {
  readonly journal: JournalName;
  readonly group: string;
  readonly sweep: Pick<Sweep, 'round'>;
}

export interface SweeperOptions {
  readonly sweeps: readonly NamedSweep[];
  /** Whether the relay of a journal that leads is of this process. */
  readonly leads: (journal: JournalName) => boolean;
  readonly everyMs: number;
  readonly logger: Logger;
  readonly clock: Clock;
}

const sweepOnce = async ({ journal, group, sweep }: NamedSweep, logger: Logger, signal: AbortSignal): Promise<void> => {
  try {
    const events = await sweep.round(signal);
    if (events > 0)
      logger.warn({ journal, group, events }, 'events had vanished from their streams; they are published again');
  } catch (error) {
    logger.debug({ error, journal, group }, 'sweeping is put off');
  }
};

/**
 * Sweeps journals for groups, round after round, where their relays lead: a journal is looked through once, not by every
 * process. Two at once do no harm: an event that comes twice changes nothing.
 */
export const startSweeper = ({ sweeps, leads, everyMs, logger, clock }: SweeperOptions): AsyncDisposable => {
  const round = async (signal: AbortSignal): Promise<void> => {
    for (const named of sweeps) if (!signal.aborted && leads(named.journal)) await sweepOnce(named, logger, signal);
  };
  return repeat(round, { everyMs, clock, onFailure: (error) => logger.debug({ error }, 'sweeping is put off') });
};
