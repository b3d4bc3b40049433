import { ForeignRedis } from '../bus/index.ts';
import type { JournalName } from '../database/index.ts';
import { type Clock, Cooldowns, DutyCycle, keepRunning, type Logger, SIGNALS, Waker } from '../platform/index.ts';
import { isSameMark, NO_MARK } from './mark.ts';
import type { MarkedStreams, OutboxSession } from './outbox.ts';
import { confirmAll, endAll, type Published, type Publishing, publishNext, type Step } from './publish.ts';
import { Routing, type RoutingPorts, WITHOUT_PARTITIONS } from './routing.ts';
import { Steps } from './steps.ts';

export interface RelayOptions {
  readonly journal: JournalName;
  readonly openOutbox: () => Promise<OutboxSession>;
  readonly streams: MarkedStreams;
  /** By default there are no partitions. */
  readonly routing?: RoutingPorts;
  readonly logger: Logger;
  readonly clock: Clock;
}

const CANDIDATE_PAUSE_MS = 500;
const IDLE_POLL_MS = 50;
/** So many events are worth their publication: no rest before the next one. */
const BACKLOG = 100;
const MARK_CHECK_MS = 1_000;
const PAUSES = { firstMs: 50, maxMs: 2_000 };
/** Somebody has to repair an event that cannot be read: that takes longer than a server's return. */
const AGGREGATE_PAUSES = { firstMs: 1_000, maxMs: 30_000 };

/**
 * Publishes a journal's outbox to the streams. Of all relays of a journal one leads: it holds an advisory lock in the very
 * session that it reads the outbox with, so whoever loses the session stops. A frozen leader that wakes up may publish once
 * more what its successor has published: consumers deduplicate.
 */
export class Relay implements AsyncDisposable {
  readonly #options: RelayOptions;
  readonly #stopping = new AbortController();
  readonly #waker = new Waker();
  readonly #finished: Promise<void>;
  #leads = false;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#finished = this.#run();
  }

  /** Whether it is the one of its journal's that publishes. One that was frozen may believe so for a moment longer. */
  get leads(): boolean {
    return this.#leads;
  }

  /** A hint that the outbox has something. */
  wake(): void {
    this.#waker.wake();
  }

  /** Publishes what is in the outbox, then stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { journal, openOutbox, logger, clock } = this.#options;
    const onFailure = (error: unknown): void => {
      const level = signal.aborted || error instanceof ForeignRedis ? 'debug' : 'warn';
      logger[level]({ error, journal }, 'relay pauses');
    };
    const session = async (goesWell: () => void): Promise<void> => {
      await using outbox = await openOutbox();
      if (!(await this.#isElected(outbox))) return;
      goesWell();
      this.#leads = true;
      try {
        await this.#lead(outbox);
      } finally {
        this.#leads = false;
      }
    };
    await keepRunning(session, { signal, pauses: PAUSES, clock, onFailure });
  }

  /** Waits for the lead. False when told to stop. */
  async #isElected(outbox: OutboxSession): Promise<boolean> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (await outbox.tryToLead()) return true;
      await this.#options.clock.sleep(CANDIDATE_PAUSE_MS, signal);
    }
    return false;
  }

  async #lead(outbox: OutboxSession): Promise<void> {
    const { streams, clock } = this.#options;
    const publishing = {
      streams,
      steps: new Steps<Step>(clock, streams.patienceMs),
      marks: await outbox.lastMarks(),
      unconfirmed: [],
      heldStreams: new Cooldowns(clock, PAUSES),
      heldAggregates: new Cooldowns(clock, AGGREGATE_PAUSES),
    };
    try {
      await this.#publish(outbox, publishing);
    } finally {
      await endAll(outbox, publishing);
    }
  }

  async #publish(outbox: OutboxSession, publishing: Omit<Publishing, 'partitioning'>): Promise<void> {
    const { clock } = this.#options;
    let checkMarksAt = 0;
    const routing = this.#openRouting();
    const dutyCycle = new DutyCycle(clock);
    for (;;) {
      await dutyCycle.rest(this.#stopping.signal);
      const woken = this.#waker.listen();
      if (clock.nowMs() >= checkMarksAt) {
        // What is not confirmed could not be restored, and would be taken off the outbox afterwards.
        await confirmAll(outbox, publishing);
        await this.#restoreWhatRedisLost(outbox, publishing);
        await routing.tell();
        checkMarksAt = clock.nowMs() + MARK_CHECK_MS;
      }
      const partitioning = await routing.next();
      // Told to stop while it waited for the readers: whoever leads next waits for them, too.
      if (partitioning === null) return;
      const askedAt = clock.nowMs();
      const published = await dutyCycle.work(() => publishNext(outbox, { ...publishing, partitioning }));
      this.#report(published);
      const { events, restored, unreadable, failed } = published;
      if (events === 0 || events >= BACKLOG) dutyCycle.skipRest();
      // What was held back just now may have filled the batch: others wait behind it.
      if (events + restored + unreadable.length + failed.length > 0) continue;
      if (this.#stopping.signal.aborted) return;
      // An answer that takes long has passed over much that is held back: asking all the time would fill the database.
      await clock.sleep(Math.max(IDLE_POLL_MS, clock.nowMs() - askedAt), woken);
    }
  }

  #openRouting(): Routing {
    const { routing = WITHOUT_PARTITIONS, journal, clock, logger } = this.#options;
    return new Routing({ ...routing, journal, clock, logger, signal: this.#stopping.signal });
  }

  #report({ events, restored, unreadable, failed }: Published): void {
    const { journal, logger } = this.#options;
    const troubles = { unreadable: unreadable.length, failedStreams: failed.length };
    SIGNALS.eventsPublished.tell({ journal, events, restored, ...troubles });
    if (restored > 0) logger.warn({ journal, restored }, 'Redis had lost events; they are published again');
    for (const { stream, error } of failed) logger.warn({ error, journal, stream }, 'relay pauses on a stream');
    for (const { error, eventId, aggregateId } of unreadable)
      logger.error({ error, journal, eventId, aggregateId }, 'event cannot be read; its aggregate waits behind it');
  }

  /** Also while nothing is published: what was lost must not wait for the next command. */
  async #restoreWhatRedisLost(
    outbox: OutboxSession,
    { marks, steps }: Pick<Publishing, 'marks' | 'steps'>,
  ): Promise<void> {
    const { journal, streams, logger } = this.#options;
    // One that is being added to has the mark of before, or of after.
    const resting = new Set(marks.keys()).difference(new Set(steps.streams()));
    for (const [stream, found] of await streams.readMarks([...resting])) {
      if (isSameMark(found, marks.get(stream) ?? NO_MARK)) continue;
      if (found.isUnreadable === true)
        logger.warn(
          { journal, stream },
          'what stands for the mark of a stream is none: it counts as lost, and its events are published again',
        );
      const restored = await outbox.restoreLost(stream, found);
      marks.set(stream, found);
      SIGNALS.eventsPublished.tell({ journal, events: 0, restored, unreadable: 0, failedStreams: 0 });
      if (restored > 0) logger.warn({ journal, stream, restored }, 'Redis had lost events; they are published again');
    }
  }
}
