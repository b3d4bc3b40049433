import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/index.ts';

/** What the ledger that all processes share says of a key. */
export interface Entry {
  readonly spent: number;
  /** Until its minute is over. */
  readonly msLeft: number;
}

/** Adds points to what all processes have spent of a key. Never rejects: where the ledger is away, another one answers. */
export type Spend = (key: string, points: number) => Promise<Entry>;

export interface MeterParts {
  /** Points of one key within a minute; 0: any number. */
  readonly limit: number;
  readonly spend: Spend;
  readonly clock: Clock;
}

/** What a process knows of one key within one minute. */
interface Account {
  /** By all processes, as the ledger said last. */
  spent: number;
  /** By this process since then; of these, what the ledger is being told. */
  untold: number;
  telling: number;
  endsMs: number;
}

export const MINUTE_MS = 60_000;
/** A process tells the ledger whenever it has a twentieth of the limit to tell. */
const STEPS = 20;
/** A flood from ever new addresses takes no more memory than this; whose account is let go begins anew. */
const MAX_ACCOUNTS = 50_000;

/**
 * Counts what keys spend, without waiting: a request is weighed by what this process knows, and the ledger is told in
 * steps, so that whoever asks little costs it nothing. With n processes a key may spend a limit and n twentieths of it;
 * what a process that dies had not told is less than one. Who has spent a limit is refused from memory. ADR-052.
 */
export class Meter {
  readonly #parts: MeterParts;
  readonly #step: number;
  readonly #accounts = new LRUCache<string, Account>({ max: MAX_ACCOUNTS });

  constructor(parts: MeterParts) {
    this.#parts = parts;
    this.#step = Math.ceil(parts.limit / STEPS);
  }

  /** 0 when the points are spent; else the seconds until they may be. Who has anything left may spend more at once. */
  take(key: string, points: number): number {
    const { limit, clock } = this.#parts;
    if (limit === 0 || points === 0) return 0;
    const nowMs = clock.nowMs();
    const account = this.#accountOf(key, nowMs);
    if (account.spent + account.untold >= limit) return Math.max(1, Math.ceil((account.endsMs - nowMs) / 1_000));
    account.untold += points;
    if (account.telling === 0 && account.untold >= this.#step) this.#tell(key, account);
    return 0;
  }

  #accountOf(key: string, nowMs: number): Account {
    const known = this.#accounts.get(key);
    if (known !== undefined && nowMs < known.endsMs) return known;
    const account = { spent: 0, untold: 0, telling: 0, endsMs: nowMs + MINUTE_MS };
    this.#accounts.set(key, account);
    return account;
  }

  #tell(key: string, account: Account): void {
    account.telling = account.untold;
    const settle = ({ spent, msLeft }: Entry): void => {
      account.spent = spent;
      account.untold -= account.telling;
      account.telling = 0;
      account.endsMs = this.#parts.clock.nowMs() + msLeft;
    };
    this.#parts.spend(key, account.telling).then(settle, () => {
      account.telling = 0;
    });
  }
}
