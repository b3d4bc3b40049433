import type { Random } from '../../support/random.ts';
import type { Clock } from './clock.ts';
import { objectOf } from './objects.ts';
import type { Charge, Dispute, Happening, Intent, Method, Refund, StripeEvent } from './records.ts';

/** Of the SDK that it was written beside; an endpoint's events have the version of its account. */
export const API_VERSION = '2026-10-28.endive';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 24;

/** The request that is being carried out. */
export interface Request {
  readonly id: string;
  readonly key: string | null;
}

const isForeign = (about: Happening): boolean => {
  if ('clientSecret' in about) return about.isForeign;
  if ('intent' in about) return about.intent.isForeign;
  return 'charge' in about && about.charge.intent.isForeign;
};

/** All that one account at Stripe holds. Whatever changes it does so in one turn. */
export class Account {
  readonly clock: Clock;
  readonly methods = new Map<string, Method>();
  readonly intents = new Map<string, Intent>();
  readonly charges = new Map<string, Charge>();
  readonly refunds = new Map<string, Refund>();
  readonly disputes = new Map<string, Dispute>();
  readonly events = new Map<string, StripeEvent>();
  /** What is carried out; null where nobody asked for it. */
  request: Request | null = null;
  /** How long a bank takes. */
  readonly bankMs: number;
  readonly #random: Random;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onEvent: (event: StripeEvent) => void;

  constructor(parts: {
    readonly clock: Clock;
    readonly random: Random;
    readonly bankMs: number;
    readonly onEvent: (event: StripeEvent) => void;
  }) {
    this.clock = parts.clock;
    this.bankMs = parts.bankMs;
    this.#random = parts.random;
    this.#onEvent = parts.onEvent;
  }

  newId(prefix: string): string {
    const letters = Array.from({ length: ID_LENGTH }, () => LETTERS[this.#random.integer(0, LETTERS.length - 1)]);
    return `${prefix}_${letters.join('')}`;
  }

  /** Something happened to an object: an event with it as it stands now. */
  tell(type: string, about: Happening): void {
    const id = this.newId('evt');
    const created = this.clock.seconds();
    const { request } = this;
    const body = {
      id,
      object: 'event',
      api_version: API_VERSION,
      created,
      data: { object: objectOf(about) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: request?.id ?? null, idempotency_key: request?.key ?? null },
      type,
    };
    const event = { id, type, created, about: about.id, isForeign: isForeign(about), body };
    this.events.set(id, event);
    this.#onEvent(event);
  }

  /** What banks do after a while, by themselves. */
  later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.request = null;
      work();
    }, ms);
    this.#timers.add(timer);
  }

  /** Nothing happens by itself any more. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
