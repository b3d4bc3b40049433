import type { Layout } from '../../events/index.ts';
import { byDeadline, type Clock, deadlineIn, ignored, type Logger, Waker } from '../../platform/index.ts';
import type { Share } from '../share.ts';
import { StreamRefused } from '../stream-group.ts';
import { leaseRound } from './lease-round.ts';
import type { LeaseTable } from './lease-table.ts';
import { streamsOf, type Unit, unitOf, unitsOf } from './units.ts';

export interface LeasedShareOptions {
  readonly group: string;
  /** Of this member, unlike any other's at any time. */
  readonly id: string;
  /** Streams of the group, by their names. */
  readonly streams: readonly string[];
  readonly layout: Pick<Layout, 'current' | 'onChange'>;
  readonly table: LeaseTable;
  /** For how long a process that is not heard of keeps what it has. */
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const NONE: readonly never[] = [];
const TRY_AGAIN_MS = 250;
const LONGEST_WAIT_MS = 2_000;
const LEAVING_MS = 1_000;
/** New events may go to partitions from one moment to the next, and nobody reads them while all wait for other streams. */
const UNTIL_PARTITIONED_MS = 1_000;

const isSame = (one: readonly Unit[], other: readonly Unit[]): boolean =>
  one.length === other.length && one.every((unit) => other.includes(unit));

const unlessRefused = (error: unknown): void => {
  if (!(error instanceof StreamRefused)) throw error;
};

/**
 * While there are no partitions, all streams, together with the other members. From then on those of which it has the lease:
 * as many as each other member, or one more. Who cannot renew its leases reads nothing from before they end.
 */
export class LeasedShare implements Share {
  readonly #options: LeasedShareOptions;
  readonly #stopping = new AbortController();
  readonly #rounds = new Waker();
  readonly #changes = new Waker();
  readonly #watch: Disposable;
  readonly #finished: Promise<void>;
  #leased: readonly Unit[] = NONE;
  #streams: readonly string[] = NONE;
  /** What its member was told to read. */
  #told: readonly string[] = NONE;
  #reading: ReadonlySet<Unit> = new Set();
  #goodUntilMs = Number.NEGATIVE_INFINITY;
  #isLapseTold = false;
  #isPaused = true;

  constructor(options: LeasedShareOptions) {
    this.#options = options;
    this.#watch = options.layout.onChange(() => this.#rounds.wake());
    this.#finished = this.#run();
  }

  streams(): readonly string[] {
    this.#told = this.#current();
    return this.#told;
  }

  isExclusive(): boolean {
    return this.#options.layout.current().most > 1;
  }

  maxBlockMs(): number {
    return this.isExclusive() ? this.#graceMs : UNTIL_PARTITIONED_MS;
  }

  reads(streams: readonly string[]): void {
    this.#reading = new Set(streams.map(unitOf));
    this.#rounds.wake();
  }

  /** Leases that are not renewed end by themselves: what passes sooner moves nothing. */
  pause(): void {
    this.#isPaused = true;
  }

  async resume(reach: (stream: string) => Promise<void>): Promise<void> {
    const [stream] = this.#options.streams;
    if (this.isExclusive() && stream !== undefined) await reach(stream).catch(unlessRefused);
    this.#isPaused = false;
    this.#rounds.wake();
  }

  async changed(signal: AbortSignal): Promise<void> {
    const changes = this.#changes.listen();
    // What came up before nobody listened would be waited for in vain.
    if (this.#current() !== this.#told) return;
    await this.#options.clock.sleep(LONGEST_WAIT_MS, AbortSignal.any([signal, changes]));
  }

  /** Others may take its leases at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]();
    this.#stopping.abort();
    this.#rounds.wake();
    const leave = this.#finished.then(() => (this.isExclusive() ? this.#options.table.leave() : undefined));
    // Of who cannot say so, the leases end by themselves.
    await byDeadline(leave, deadlineIn(LEAVING_MS)).catch(ignored);
  }

  #current(): readonly string[] {
    if (!this.isExclusive()) return this.#options.streams;
    return this.#options.clock.nowMs() < this.#goodUntilMs ? this.#streams : NONE;
  }

  /** A read that waits for entries ends before the lease does. */
  get #graceMs(): number {
    return Math.floor(this.#options.leaseMs / 6);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const woken = this.#rounds.listen();
      const nextMs = await this.#roundIfDue().catch((error: unknown) => this.#failed(error));
      if (!signal.aborted) await this.#options.clock.sleep(nextMs, woken);
    }
  }

  async #roundIfDue(): Promise<number> {
    return this.isExclusive() && !this.#isPaused ? this.#round() : LONGEST_WAIT_MS;
  }

  async #round(): Promise<number> {
    const { clock, layout, leaseMs } = this.#options;
    const beganMs = clock.nowMs();
    const giveUp = (but: readonly Unit[]): ReadonlySet<Unit> => {
      this.#lease(this.#leased.filter((unit) => but.includes(unit)));
      return this.#reading;
    };
    const round = await leaseRound({ ...this.#options, units: unitsOf(layout.current()), giveUp });
    // Whoever waits for what it may read again would wait for long: what it leases may be what it was.
    if (clock.nowMs() >= this.#goodUntilMs) this.#changes.wake();
    this.#goodUntilMs = beganMs + leaseMs - this.#graceMs;
    this.#isLapseTold = false;
    this.#lease(round.leased);
    return round.nextMs;
  }

  #lease(leased: readonly Unit[]): void {
    const { group, logger, streams } = this.#options;
    if (isSame(leased, this.#leased)) return;
    const gained = leased.filter((unit) => !this.#leased.includes(unit));
    const lost = this.#leased.filter((unit) => !leased.includes(unit));
    this.#leased = leased;
    this.#streams = leased.flatMap((unit) => streamsOf(unit, streams));
    this.#changes.wake();
    logger.info({ group, gained, lost, reads: leased }, 'This process reads other partitions now');
  }

  #failed(error: unknown): number {
    const { clock, group, logger } = this.#options;
    logger.debug({ error, group }, 'leases of partitions cannot be renewed');
    if (this.#isLapseTold || clock.nowMs() < this.#goodUntilMs) return TRY_AGAIN_MS;
    this.#isLapseTold = true;
    logger.warn({ error, group }, 'leases of partitions cannot be renewed: nothing is read until they can');
    return TRY_AGAIN_MS;
  }
}
