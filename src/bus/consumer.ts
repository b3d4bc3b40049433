import type { Db } from '../database/index.ts';
import { backoff, type Clock, type Logger, systemClock } from '../platform/index.ts';
import { type DeadLetter, keepDeadLetter } from './dead-letters.ts';
import { type Delivery, type Handle, handleDelivery, isPassing, type Outcome, readDelivery } from './delivery.ts';
import { type DeliverySize, NewEntries } from './new-entries.ts';
import { openRedisStreamGroup } from './redis-stream-group.ts';
import type { Membership, StreamEntry, StreamGroup } from './stream-group.ts';

interface Consuming extends Membership {
  readonly handle: Handle;
  readonly logger: Logger;
  /** After how long without acknowledgement an entry counts as left by a dead consumer. */
  readonly claimIdleMs: number;
  /** An entry that fails this often becomes a dead letter. */
  readonly maxDeliveries: number;
  readonly deliverySize?: DeliverySize;
}

export interface ConsumerPorts {
  readonly entries: StreamGroup;
  readonly keepDeadLetter: (letter: DeadLetter) => Promise<void>;
  readonly clock: Clock;
}

export interface ConsumerOptions extends Consuming {
  readonly redisUrl: string;
  readonly db: Db;
  /** After how long without a word from Redis the connection counts as dead; longer than a read blocks. */
  readonly silenceTimeoutMs?: number;
}

const DELIVERY_SIZE: DeliverySize = { least: 500, most: 1_000 };
const BLOCK_MS = 2_000;
// The beginning, never $: a group created again after a flush would skip what was published meanwhile.
const FIRST_ID = '0';
const CLAIMED_AT_ONCE = 100;
const LAST_WORD_MS = 500;
const pause = backoff({ firstMs: 50, maxMs: 2_000 });

/** One member of a consumer group on one stream: fetch → run → settle, until disposed. */
export class Consumer implements AsyncDisposable {
  readonly #options: Consuming & ConsumerPorts;
  readonly #stopping = new AbortController();
  readonly #newEntries: NewEntries;
  readonly #finished: Promise<void>;
  #nextClaimAt = 0;
  #acknowledged: Promise<void> = Promise.resolve();

  constructor(options: Consuming & ConsumerPorts) {
    this.#options = options;
    const { stream, entries } = options;
    this.#newEntries = new NewEntries({ stream, entries, size: this.#deliverySize, fetch: (ask) => this.#fetch(ask) });
    this.#finished = this.#run();
  }

  /** Finishes what was delivered, and settles it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
    // What does not come through is delivered again: no reason to wait for a Redis that is away.
    const answered = new AbortController();
    void this.#acknowledged.catch(() => {}).then(() => answered.abort());
    await this.#options.clock.sleep(LAST_WORD_MS, answered.signal);
    this.#options.entries.close();
  }

  /** After any failure the way is walked from its start: group, own pending entries, then new ones. */
  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#recover();
        failures = 0;
        while (!signal.aborted || this.#newEntries.isAhead) await this.#turn();
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        this.#options.logger.warn(
          { error, stream: this.#options.stream, group: this.#options.group },
          'consumer pauses',
        );
        await this.#options.clock.sleep(pause(failures), signal);
      }
    }
  }

  /** What was delivered to this consumer before a crash, or in a reply that was lost, is never shown as new again. */
  async #recover(): Promise<void> {
    this.#newEntries.forget();
    this.#acknowledged = Promise.resolve();
    const created = await this.#fetch(() => this.#options.entries.ensureGroup(FIRST_ID));
    if (created) this.#options.logger.debug({ ...membershipOf(this.#options) }, 'consumer group created');
    for (let afterId = '0'; !this.#stopping.signal.aborted; ) {
      const request = { count: this.#deliverySize.most, afterId };
      const entries = await this.#fetch(() => this.#options.entries.readOwnPending(request));
      if (entries.length === 0) return;
      await this.#handle(this.#read(entries));
      afterId = entries.at(-1)?.id ?? afterId;
    }
  }

  async #turn(): Promise<void> {
    await this.#claimAbandoned();
    const untilClaimMs = Math.ceil(this.#nextClaimAt - this.#options.clock.nowMs());
    // At least 1: 0 would wait for ever.
    const blockMs = Math.max(1, Math.min(BLOCK_MS, untilClaimMs));
    const [delivery] = await Promise.all([this.#newEntries.next(blockMs), this.#acknowledged]);
    await this.#handle(delivery);
  }

  get #deliverySize(): DeliverySize {
    return this.#options.deliverySize ?? DELIVERY_SIZE;
  }

  #read(entries: readonly StreamEntry[]): Delivery {
    return readDelivery(this.#options.stream, entries);
  }

  async #claimAbandoned(): Promise<void> {
    const { claimIdleMs: idleMs, entries } = this.#options;
    if (this.#options.clock.nowMs() < this.#nextClaimAt || this.#stopping.signal.aborted) return;
    this.#nextClaimAt = this.#options.clock.nowMs() + idleMs / 2;
    const pending = await entries.listPending({ idleMs, count: CLAIMED_AT_ONCE });
    const ids = pending.map(({ id }) => id);
    await this.#handle(this.#read(await entries.claim({ idleMs, ids })));
    if (pending.length === CLAIMED_AT_ONCE) this.#nextClaimAt = 0;
  }

  /** Being told to stop ends the wait: a disconnected client that was about to reconnect never answers. */
  async #fetch<T>(request: () => Promise<T>): Promise<T> {
    const { signal } = this.#stopping;
    const stopped = Promise.withResolvers<never>();
    const stop = (): void => stopped.reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      return await Promise.race([request(), stopped.promise]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async #handle(delivery: Delivery): Promise<void> {
    if (delivery.entries.length === 0) return;
    const outcomes = await this.#untilPassed(() => handleDelivery(delivery, this.#options.handle));
    const settled: string[] = [];
    for (const [entry, outcome] of outcomes) if (await this.#settle(entry, outcome)) settled.push(entry.id);
    await this.#acknowledged;
    // Not waited for here: the next read goes out right behind it.
    this.#acknowledged = this.#options.entries.acknowledge(settled);
    this.#acknowledged.catch(() => {});
  }

  async #untilPassed<T>(attempt: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!isPassing(error) || this.#stopping.signal.aborted) throw error;
        this.#options.logger.debug({ error }, 'delivery is tried again');
        await this.#options.clock.sleep(pause(failures), this.#stopping.signal);
      }
    }
  }

  /** Whether the entry is finished with, and to be acknowledged. */
  async #settle(entry: StreamEntry, outcome: Outcome): Promise<boolean> {
    if (outcome.type === 'Done') return true;
    const deliveries = await this.#options.entries.deliveriesOf(entry.id);
    const { stream, group, logger, maxDeliveries } = this.#options;
    if (outcome.type === 'Retry' && deliveries < maxDeliveries) {
      logger.warn(
        { error: outcome.error, stream, group, entryId: entry.id, deliveries },
        'entry will be delivered again',
      );
      return false;
    }
    // Kept before it is acknowledged: a crash in between repeats the letter, and loses nothing.
    const letter = { group, stream, entry, error: outcome.error, deliveries };
    await this.#untilPassed(() => this.#options.keepDeadLetter(letter));
    logger.warn({ error: outcome.error, stream, group, entryId: entry.id }, 'entry became a dead letter');
    return true;
  }
}

const membershipOf = ({ stream, group, consumer }: Membership): Membership => ({ stream, group, consumer });

/** A consumer of Redis that keeps its dead letters in PostgreSQL. */
export const startConsumer = ({ redisUrl, db, silenceTimeoutMs, ...consuming }: ConsumerOptions): Consumer =>
  new Consumer({
    ...consuming,
    entries: openRedisStreamGroup(redisUrl, consuming, silenceTimeoutMs),
    keepDeadLetter: (letter) => keepDeadLetter(db, letter),
    clock: systemClock,
  });
