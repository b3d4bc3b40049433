import type { Random } from '../../support/random.ts';
import type { Clock } from '../account/clock.ts';
import type { StripeEvent } from '../account/records.ts';
import type { Faults, WebhookFault } from '../faults/faults.ts';
import { signatureOf } from './sign.ts';

export interface Endpoint {
  readonly url: string;
  /** Two while one takes the other's place. */
  readonly secrets: readonly string[];
  /** Types of events; all where it is left out. */
  readonly events?: readonly string[];
}

export interface DeliveryTimes {
  /** The first pause after an attempt that was not answered with 2xx; doubled each time. */
  readonly retryMs: number;
  /** How late an event may be. */
  readonly lateMs: number;
}

interface Parts extends DeliveryTimes {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  /** Another system of the account is paid. */
  readonly payForeign: () => void;
}

const MAX_ATTEMPTS = 16;
const MAX_RETRY_MS = 60_000;
const PATIENCE_MS = 10_000;
const MAX_WAY_MS = 30;
const REORDER_MS = { min: 250, max: 500 };

const soon = (random: Random): number => random.between(0, MAX_WAY_MS);

/** After how long an event is sent: an entry a time. */
const WAITS: Readonly<Record<WebhookFault, (random: Random, lateMs: number) => readonly number[]>> = {
  'event-lost': () => [],
  'event-doubled': (random) => [soon(random), random.between(0, REORDER_MS.max)],
  'event-late': (random, lateMs) => [random.between(lateMs / 2, lateMs)],
  'event-reordered': (random) => [random.between(REORDER_MS.min, REORDER_MS.max)],
  'event-foreign': (random) => [soon(random)],
};

interface Delivery {
  readonly event: StripeEvent;
  readonly attempt: number;
}

/** Tells an endpoint what happened, at least once each, in no order that could be relied on. */
export class Deliveries {
  readonly #parts: Parts;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #endpoint: Endpoint | null = null;
  /** What was told of, and what was to be: by the ids of objects. */
  readonly #sent = new Set<string>();
  readonly #lost = new Set<string>();
  #answered = 0;
  #unanswered = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  listenAt(endpoint: Endpoint | null): void {
    this.#endpoint = endpoint;
  }

  get counts(): { readonly answered: number; readonly unanswered: number; readonly underWay: number } {
    return { answered: this.#answered, unanswered: this.#unanswered, underWay: this.#timers.size };
  }

  /** Whether all that was to be told of an object was lost. */
  isUntold(objectId: string): boolean {
    return this.#lost.has(objectId) && !this.#sent.has(objectId);
  }

  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  take(event: StripeEvent): void {
    if (this.#endpoint === null || this.#endpoint.events?.includes(event.type) === false) return;
    const fault = event.isForeign ? null : this.#parts.faults.ofEvent(event.type);
    (fault === 'event-lost' ? this.#lost : this.#sent).add(event.about);
    const { random, lateMs } = this.#parts;
    for (const waitMs of WAITS[fault ?? 'event-foreign'](random, lateMs)) this.send(event, waitMs);
    if (fault === 'event-foreign') this.#parts.payForeign();
  }

  /** Sends an event, perhaps again. */
  send(event: StripeEvent, waitMs = 0): void {
    this.#after(waitMs, { event, attempt: 1 });
  }

  #after(ms: number, delivery: Delivery): void {
    if (this.#closing.signal.aborted) return;
    const timer = setTimeout(() => {
      void this.#attempt(delivery).finally(() => this.#timers.delete(timer));
    }, ms);
    this.#timers.add(timer);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const endpoint = this.#endpoint;
    if (endpoint === null) return;
    const isTaken = await this.#post(endpoint, delivery.event).catch(() => false);
    if (isTaken) this.#answered += 1;
    else this.#unanswered += 1;
    if (isTaken || delivery.attempt === MAX_ATTEMPTS) return;
    const pauseMs = Math.min(this.#parts.retryMs * 2 ** (delivery.attempt - 1), MAX_RETRY_MS);
    this.#after(pauseMs, { ...delivery, attempt: delivery.attempt + 1 });
  }

  async #post({ url, secrets }: Endpoint, { body }: StripeEvent): Promise<boolean> {
    const text = JSON.stringify(body, null, 2);
    const { ok, body: answer } = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signatureOf(text, secrets, this.#parts.clock.seconds()),
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      body: text,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), this.#closing.signal]),
    });
    await answer?.cancel();
    return ok;
  }
}
