import type { Span } from '../sink/index.ts';

/** A process that was killed, or did not come to its end in time and cut itself off: what it had not sent yet is lost. */
export interface Kill {
  /** As its spans call it. */
  readonly process: string;
  readonly atMicros: number;
  /** When that was by the clock that its spans and its events tell the time by. */
  readonly byItsClockMicros: number;
}

/** Somebody who knew a span that never came: a process, and when. */
interface Witness {
  /** Null when it does not know which process it was. */
  readonly process: string | null;
  readonly atMicros: number;
}

export interface LossesOptions {
  readonly kills: readonly Kill[];
  /** The longest that a span is open, and waits to be sent after its end. */
  readonly windowMicros: number;
  /** When an event was written that bears the id of the span. */
  readonly writtenAt: (spanId: string) => readonly number[];
}

/** Whoever wrote an event tells the time by a clock of its own, which may have been that of the process. */
const timesOf = ({ atMicros, byItsClockMicros }: Kill): readonly number[] => [atMicros, byItsClockMicros];

/** Decides whether a span that is not there may have been lost with a process that was killed. */
export class Losses {
  readonly #options: LossesOptions;
  /** Spans that it was asked for, and that it says may be lost. */
  readonly excused = new Set<string>();

  constructor(options: LossesOptions) {
    this.#options = options;
  }

  /** A child in the same process began while it was open; whoever wrote an event under it did so, too. */
  mayHave(spanId: string, child: Span): boolean {
    const witnesses: readonly Witness[] = [
      { process: child.process, atMicros: child.startMicros },
      ...this.#options.writtenAt(spanId).map((atMicros) => ({ process: null, atMicros })),
    ];
    const isLost = witnesses.some((witness) => this.#wasKilledSoon(witness));
    if (isLost) this.excused.add(spanId);
    return isLost;
  }

  get kills(): number {
    return this.#options.kills.length;
  }

  /** Whether something of what went on between the two times may be lost: it goes on for a while after the last event. */
  mayReach(fromMicros: number, toMicros: number): boolean {
    const { kills, windowMicros } = this.#options;
    return kills.some((kill) => timesOf(kill).some((time) => time >= fromMicros && time <= toMicros + windowMicros));
  }

  #wasKilledSoon({ process, atMicros }: Witness): boolean {
    const { kills, windowMicros } = this.#options;
    return kills.some((kill) => {
      const times = process === null ? timesOf(kill) : process === kill.process ? [kill.byItsClockMicros] : [];
      return times.some((time) => time >= atMicros && time <= atMicros + windowMicros);
    });
  }
}

/** Nobody was killed: whatever is not there is missing. */
export const nothingLost = (): Losses => new Losses({ kills: [], windowMicros: 0, writtenAt: () => [] });
