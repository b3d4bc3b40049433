import type { Db } from '../database/index.ts';
import { type Clock, guarded, type Logger, SIGNALS } from '../platform/index.ts';
import { Account } from './account.ts';
import { Backlog, type Waiting } from './backlog.ts';
import { Deliveries, type DeliveryLimits } from './deliveries.ts';
import type { Delivery } from './delivery.ts';
import { Intake } from './intake.ts';
import type { Led } from './lane-store.ts';
import { signedMessage } from './message.ts';
import { type Outcome, outcomeOfError } from './outcome.ts';
import type { Poster } from './post.ts';
import { Saver } from './saver.ts';

export interface LaneLimits extends DeliveryLimits {
  readonly saveEveryMs: number;
}

export interface LaneParts {
  readonly db: Db;
  /** Where the event store is. */
  readonly events: Db;
  readonly led: Led;
  readonly worker: string;
  readonly poster: Poster;
  readonly limits: LaneLimits;
  /** Whether the lease still runs: without it nothing is sent. */
  readonly isLeading: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

const TOLD = { Delivered: 'delivered', Failed: 'failed', Gone: 'gone' } as const;
const READ_AGAIN_MS = 1_000;
const GRACE_MS = 3_000;

/** The deliveries to one endpoint, from where they stood: whatever may be done next is looked for after all that happens. */
export class Lane implements AsyncDisposable {
  readonly #parts: LaneParts;
  readonly #backlog: Backlog;
  readonly #intake: Intake;
  readonly #account: Account;
  readonly #deliveries: Deliveries;
  readonly #saver: Saver;
  readonly #exchanges = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(parts: LaneParts) {
    const { db, events, led, worker, limits, clock } = parts;
    const backlog = new Backlog();
    this.#parts = parts;
    this.#backlog = backlog;
    const onFailure = (error: unknown): void => this.#unread(error);
    this.#intake = new Intake({ db: events, led, backlog, onRead: () => this.#read(), onFailure });
    this.#account = new Account({ db, led, worker, backlog, intake: this.#intake });
    this.#deliveries = new Deliveries({ backlog, account: this.#account, limits, clock });
    this.#saver = new Saver({
      save: () => this.#account.save(this.#deliveries.dueMs()),
      onSaved: (isOurs) => this.#saved(isOurs),
      onFailure: (error) => this.#log('could not be saved', error),
      everyMs: limits.saveEveryMs,
      clock,
    });
  }

  get led(): Led {
    return this.#parts.led;
  }

  get waiting(): Waiting {
    return this.#backlog.waiting;
  }

  /** There may be something new, or the lease runs again. */
  wake(): void {
    this.#intake.wake();
    this.#pump();
  }

  /** Waits a little for what is under way, and cuts off the rest. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    const { clock, poster, isLeading } = this.#parts;
    const ended = new AbortController();
    const all = Promise.all(this.#exchanges).then(() => ended.abort());
    if (isLeading()) await clock.sleep(GRACE_MS, ended.signal);
    await poster[Symbol.asyncDispose]();
    await all;
    await this.#saver.finish();
  }

  #stop(): void {
    this.#isStopping = true;
    clearTimeout(this.#timer);
  }

  #pump(): void {
    if (this.#isStopping || !this.#parts.isLeading()) return;
    for (let next = this.#deliveries.next(); next !== undefined; next = this.#deliveries.next()) this.#send(next);
    this.#intake.fill(this.#deliveries.allowed);
    this.#rest(this.#deliveries.dueMs());
  }

  /** Until the next attempt is due, unless something happens before; 0: when one of those under way has ended. */
  #rest(dueMs: number | null): void {
    clearTimeout(this.#timer);
    const goOn = (): void => this.#pump();
    const failed = (error: unknown): void => this.#log('failed', error);
    if (dueMs !== null && dueMs > 0) this.#timer = setTimeout(guarded(goOn, failed), dueMs);
  }

  #send(delivery: Delivery): void {
    const failed = (error: unknown): void => this.#log('failed', error);
    const exchange = this.#deliver(delivery)
      .catch(failed)
      .finally(() => this.#exchanges.delete(exchange));
    this.#exchanges.add(exchange);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const beganMs = performance.now();
    const outcome = await this.#post(delivery);
    // Cut off by ourselves: whoever takes the endpoint up tries again.
    if (this.#isStopping && outcome.type === 'Failed') return;
    SIGNALS.webhookAttempted.tell({ outcome: TOLD[outcome.type], tookMs: performance.now() - beganMs });
    const ending = this.#deliveries.settle(delivery, outcome);
    this.#saver.request();
    if (ending === null) return this.#pump();
    this.#stop();
    this.#parts.logger.warn({ endpoint: this.led.id, ...ending }, 'a webhook endpoint gets nothing more for now');
  }

  async #post({ followed }: Delivery): Promise<Outcome> {
    try {
      return await this.#parts.poster.post(signedMessage(followed.envelope, this.led, Date.now()));
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  #read(): void {
    if (this.#account.hasPassedMany) this.#saver.request();
    this.#pump();
  }

  #unread(error: unknown): void {
    this.#log('cannot read the event store', error);
    this.#intake.wake();
    if (!this.#isStopping) this.#rest(READ_AGAIN_MS);
  }

  #saved(isOurs: boolean): void {
    if (!isOurs) this.#stop();
  }

  #log(what: string, error: unknown): void {
    this.#parts.logger.debug({ error, what, endpoint: this.led.id }, 'deliveries to a webhook endpoint are held up');
  }
}
