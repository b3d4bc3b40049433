import { about, DutyCycle, ignored, keepRunning } from '../platform/index.ts';
import { Acknowledgements } from './acknowledgements.ts';
import type { ConsumerPorts, Consuming } from './consuming.ts';
import { type Delivery, outcomesOf, readDelivery } from './delivery.ts';
import { entryFacts } from './entry-facts.ts';
import { JoinedStreams } from './joined-streams.ts';
import { LeftEntries } from './left-entries.ts';
import { type DeliverySize, NewEntries } from './new-entries.ts';
import { ForeignRedis } from './ownership.ts';
import { type Settle, settlement } from './settlement.ts';
import type { StreamEntry } from './stream-group.ts';
import { toldOutcomes } from './told-outcomes.ts';
import { unlessStopped } from './unless-stopped.ts';
import { untilPassed } from './until-passed.ts';

const DELIVERY_SIZE: DeliverySize = { least: 500, most: 1_000 };
const BLOCK_MS = 2_000;
// The beginning, never $: a group created again after a flush would skip what was published meanwhile.
const FIRST_ID = '0';
const READ_ENDS_MS = BLOCK_MS + 500;
/** So many events are worth their transaction: no rest before the next ones. */
const BACKLOG = 100;
const PAUSES = { firstMs: 50, maxMs: 2_000 };

/** One member of a consumer group on its share of the streams: fetch → run → settle, until disposed. */
export class Consumer implements AsyncDisposable {
  readonly #options: Consuming & ConsumerPorts;
  readonly #stopping = new AbortController();
  readonly #newEntries: NewEntries;
  readonly #dutyCycle: DutyCycle;
  readonly #streams: JoinedStreams;
  readonly #left: LeftEntries;
  readonly #acknowledgements: Acknowledgements;
  readonly #settle: Settle;
  readonly #finished: Promise<void>;
  #turnEnds: Promise<void> = Promise.resolve();

  constructor(options: Consuming & ConsumerPorts) {
    this.#options = options;
    const { entries, clock, group, logger, decode } = options;
    const fetch = <T>(request: () => Promise<T>): Promise<T> => this.#fetch(request);
    const patience = { signal: this.#stopping.signal, clock };
    this.#newEntries = new NewEntries({ entries, size: this.#deliverySize, fetch, decode });
    this.#dutyCycle = new DutyCycle(clock);
    this.#streams = new JoinedStreams({
      clock,
      join: (stream) => this.#join(stream),
      onRefused: (stream, error) => logger.warn({ error, group, stream }, 'consumer leaves a stream alone'),
      pauses: PAUSES,
    });
    this.#left = new LeftEntries({ ...options, fetch, handle: (given) => this.#handleInTurn(given) });
    this.#acknowledgements = new Acknowledgements({ entries, ...patience });
    this.#settle = settlement({ ...options, ...patience, untilPassed: (attempt) => this.#untilPassed(attempt) });
    this.#finished = this.#run();
  }

  /** Finishes what was delivered, and settles it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
    // What does not come through is delivered again.
    await this.#acknowledgements.cameThrough().catch(ignored);
    this.#options.entries.close();
    await this.#options.share[Symbol.asyncDispose]();
  }

  /** After any failure the way is walked from its start: group, own pending entries, then new ones. */
  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { clock, group, logger, share } = this.#options;
    const onFailure = (error: unknown): void => {
      share.pause();
      if (signal.aborted) return;
      // Whose Redis it is was said once, for all who wait for it.
      const level = error instanceof ForeignRedis ? 'debug' : 'warn';
      logger[level]({ error, group }, 'consumer pauses');
    };
    const consume = async (goesWell: () => void): Promise<void> => {
      await this.#recover();
      goesWell();
      while (!signal.aborted || this.#newEntries.isAhead) await this.#turn();
    };
    await keepRunning(consume, { signal, pauses: PAUSES, clock, onFailure });
    // What does not come through is delivered again.
    const arrived = this.#leave(this.#streams.wanted, 0);
    await arrived.then((delivery) => this.#handle(delivery)).catch(ignored);
  }

  async #recover(): Promise<void> {
    await this.#newEntries.forget();
    this.#acknowledgements.forget();
    const { entries: bus, share } = this.#options;
    await share.resume(async (stream) => void (await this.#fetch(() => bus.ensureGroup(stream, FIRST_ID))));
    const wanted = share.streams();
    share.reads([...this.#streams.wanted, ...wanted]);
    // Somebody else takes over what stands pending there, and would come too early for what a read still brings.
    await this.#leaveAllBut(wanted);
    share.reads(wanted);
    await this.#streams.join(wanted);
  }

  /** What was delivered to this consumer before a crash, or in a reply that was lost, is never shown as new again. */
  async #join(stream: string): Promise<void> {
    const { group, entries: bus, logger, share } = this.#options;
    const created = await this.#fetch(() => bus.ensureGroup(stream, FIRST_ID));
    if (created) logger.debug({ group, stream }, 'consumer group created');
    for (let afterId = '0'; !this.#stopping.signal.aborted; ) {
      const request = { stream, count: this.#deliverySize.most, afterId };
      const entries = await this.#fetch(() => bus.readOwnPending(request));
      if (entries.length === 0) break;
      await this.#handleInTurn(entries);
      afterId = entries.at(-1)?.id ?? afterId;
    }
    if (share.isExclusive()) await this.#left.takeFromOthers(stream);
  }

  async #turn(): Promise<void> {
    const { signal } = this.#stopping;
    // Before the read, not after it: what comes meanwhile is still to be read.
    await this.#dutyCycle.rest(signal);
    if (!signal.aborted) {
      await this.#keepToShare();
      await this.#left.look(this.#streams.all);
    }
    if (this.#streams.all.length > 0 || this.#newEntries.isAhead) await this.#readOn();
    else await this.#options.share.changed(signal);
  }

  async #readOn(): Promise<void> {
    // Whole milliseconds, or Redis refuses the read.
    const waitMs = Math.ceil(Math.min(BLOCK_MS, this.#options.share.maxBlockMs(), this.#left.untilLookMs));
    // At least 1: 0 would wait for ever.
    const ask = { streams: this.#streams.all, blockMs: Math.max(1, waitMs) };
    const delivery = await this.#acknowledgements.beside(this.#newEntries.next(ask));
    await this.#dutyCycle.work(() => this.#handle(delivery));
    const { length } = delivery.entries;
    if (this.#options.rests !== true || length === 0 || length >= BACKLOG) this.#dutyCycle.skipRest();
  }

  async #keepToShare(): Promise<void> {
    const { share } = this.#options;
    const wanted = share.streams();
    if (wanted !== this.#streams.wanted) {
      share.reads([...this.#streams.wanted, ...wanted]);
      // Somebody else reads what is left, and takes over whatever is not settled there.
      await this.#handle(await this.#newEntries.takeAhead());
      await this.#handle(await this.#leaveAllBut(wanted));
      await this.#acknowledgements.cameThrough();
      this.#streams.follow(wanted);
      share.reads(wanted);
    }
    await this.#streams.joinMissing();
  }

  #leaveAllBut(wanted: readonly string[]): Promise<Delivery> {
    // Also of one that was refused meanwhile a read may be under way.
    const left = this.#streams.wanted.filter((stream) => !wanted.includes(stream));
    return this.#fetch(() => this.#leave(left, READ_ENDS_MS));
  }

  /** What reads of these streams have brought, and what they still bring within that time. */
  async #leave(streams: readonly string[], withinMs: number): Promise<Delivery> {
    const { entries, decode } = this.#options;
    return readDelivery(await entries.leave({ streams, withinMs }), decode);
  }

  get #deliverySize(): DeliverySize {
    return this.#options.deliverySize ?? DELIVERY_SIZE;
  }

  #fetch<T>(request: () => Promise<T>): Promise<T> {
    return unlessStopped(request, this.#stopping.signal);
  }

  /** Streams are joined at the same time; what they have is handled one after the other. */
  #handleInTurn(entries: readonly StreamEntry[]): Promise<void> {
    const turn = this.#turnEnds.then(() => this.#handle(readDelivery(entries, this.#options.decode)));
    this.#turnEnds = turn.catch(ignored);
    return turn;
  }

  async #handle(delivery: Delivery): Promise<void> {
    if (delivery.entries.length === 0) return;
    const outcomes = await toldOutcomes(this.#options, delivery, () =>
      this.#untilPassed(() => outcomesOf(delivery, this.#options)),
    );
    const settled: StreamEntry[] = [];
    for (const [entry, outcome] of outcomes)
      if (outcome.type === 'Done' || (await about(entryFacts(entry), () => this.#settle(entry, outcome))))
        settled.push(entry);
    await this.#acknowledgements.send(settled);
  }

  #untilPassed<T>(attempt: () => Promise<T>): Promise<T> {
    return untilPassed(attempt, { ...this.#options, pauses: PAUSES, signal: this.#stopping.signal });
  }
}
