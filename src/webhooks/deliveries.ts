import { assertNever, type BackoffOptions, backoff, type Clock } from '../platform/index.ts';
import type { Account } from './account.ts';
import type { Backlog } from './backlog.ts';
import type { Delivery } from './delivery.ts';
import type { WebhookStatus } from './endpoint.ts';
import type { Failure, Outcome } from './outcome.ts';
import { Pace } from './pace.ts';

/** What an endpoint is granted. */
export interface DeliveryLimits {
  readonly maxConcurrency: number;
  readonly pauses: Pick<BackoffOptions, 'firstMs' | 'maxMs'>;
  /** An event that fails for so long pauses the endpoint. */
  readonly giveUpMs: number;
}

/** How an endpoint ends for now, and why. */
export interface Ending {
  readonly status: Exclude<WebhookStatus, 'ACTIVE'>;
  readonly reason: string;
}

interface DeliveriesParts {
  readonly backlog: Backlog;
  readonly account: Account;
  readonly limits: DeliveryLimits;
  readonly clock: Clock;
}

type Failed = Extract<Outcome, { readonly type: 'Failed' }>;

const DAY_MS = 86_400_000;

/** Which delivery is tried when, and what follows from what became of it. */
export class Deliveries {
  readonly #parts: DeliveriesParts;
  readonly #pace: Pace;
  readonly #pauseMs: (attempt: number) => number;
  #inFlight = 0;

  constructor(parts: DeliveriesParts) {
    const { limits } = parts;
    this.#parts = parts;
    this.#pace = new Pace({ ...limits.pauses, maxConcurrency: limits.maxConcurrency });
    this.#pauseMs = backoff(limits.pauses);
  }

  /** How many may be under way at once. */
  get allowed(): number {
    return this.#pace.allowed(this.#parts.clock.nowMs());
  }

  /** The next one to try, which is under way from now on until it is settled; undefined when nothing may be tried now. */
  next(): Delivery | undefined {
    if (this.#inFlight >= this.allowed) return undefined;
    const delivery = this.#parts.backlog.next(this.#pace, this.#parts.clock.nowMs());
    if (delivery !== undefined) this.#inFlight += 1;
    return delivery;
  }

  /** When the next attempt is due, from now; null: nothing waits for its time. */
  dueMs(): number | null {
    const nowMs = this.#parts.clock.nowMs();
    const closedMs = this.#pace.closedUntilMs - nowMs;
    if (closedMs > 0) return closedMs;
    const { dueAtMs } = this.#parts.backlog;
    return dueAtMs === null ? null : Math.max(0, dueAtMs - nowMs);
  }

  /** What became of it; null as long as the endpoint goes on. */
  settle(delivery: Delivery, outcome: Outcome): Ending | null {
    this.#inFlight -= 1;
    switch (outcome.type) {
      case 'Delivered':
        return this.#delivered(delivery);
      case 'Gone':
        return this.#end('DISABLED', delivery, outcome.failure);
      case 'Failed':
        return this.#failed(delivery, outcome);
    }
    return assertNever(outcome);
  }

  #delivered(delivery: Delivery): null {
    const { backlog, account } = this.#parts;
    if (this.#pace.succeeded()) backlog.hurry();
    backlog.done(delivery);
    account.delivered(delivery);
    return null;
  }

  #failed(delivery: Delivery, { failure, retryAfterMs }: Failed): Ending | null {
    const { backlog, account, limits, clock } = this.#parts;
    const nowMs = clock.nowMs();
    delivery.attempts += 1;
    delivery.sinceMs ??= Date.now();
    delivery.dueAtMs = nowMs + Math.max(retryAfterMs ?? 0, this.#pauseMs(delivery.attempts));
    this.#pace.failed(delivery.position, { nowMs, retryAfterMs });
    backlog.wait(delivery);
    account.failed(delivery, failure);
    return Date.now() - delivery.sinceMs >= limits.giveUpMs ? this.#giveUp(delivery, failure) : null;
  }

  #giveUp(delivery: Delivery, { status, reason }: Failure): Ending {
    const days = Math.round(this.#parts.limits.giveUpMs / DAY_MS);
    return this.#end('PAUSED', delivery, { status, reason: `${reason} It has not taken this event for ${days} days.` });
  }

  #end(status: Ending['status'], delivery: Delivery, failure: Failure): Ending {
    this.#parts.account.failed(delivery, failure);
    this.#parts.account.end(status);
    return { status, reason: failure.reason };
  }
}
