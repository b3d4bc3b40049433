import { LRUCache } from 'lru-cache';
import type { Breaker } from './breaker.ts';

/** What one product's question came to: units, or null when the inventory did not say. */
export type AskAvailable = (productId: string) => Promise<number | null>;

export interface AvailabilityOptions {
  readonly ask: AskAvailable;
  readonly breaker: Breaker;
  /** Questions under way at once; more wait their turn, and are not asked when that takes long. */
  readonly concurrency: number;
  readonly nowMs: () => number;
}

interface Told {
  readonly units: number;
  readonly atMs: number;
}

const FRESH_MS = 500;
const PATIENCE_MS = 500;
const MAX_PRODUCTS = 10_000;

/**
 * What an inventory elsewhere has of products, to be shown: half a second old at most while it answers, and what it told last
 * while it does not. Whoever looks at a shop is never kept waiting by its inventory for longer than one bounded question.
 */
export class Availability {
  readonly #options: AvailabilityOptions;
  readonly #told = new LRUCache<string, Told>({ max: MAX_PRODUCTS });
  readonly #asking = new Map<string, Promise<number | null>>();
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  /** Null for a product of which the inventory has never told this process. Never rejects. */
  available(productId: string): Promise<number | null> {
    const told = this.#told.get(productId);
    if (told !== undefined && this.#options.nowMs() - told.atMs < FRESH_MS) return Promise.resolve(told.units);
    const asking = this.#asking.get(productId);
    if (asking !== undefined) return asking;
    const asked = this.#inTurn(productId).finally(() => this.#asking.delete(productId));
    this.#asking.set(productId, asked);
    return asked;
  }

  async #inTurn(productId: string): Promise<number | null> {
    const { nowMs, breaker, concurrency } = this.#options;
    const sinceMs = nowMs();
    if (this.#underWay >= concurrency) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#underWay += 1;
    try {
      const mayAsk = nowMs() - sinceMs <= PATIENCE_MS && breaker.admits();
      return mayAsk ? await this.#ask(productId) : this.#lastTold(productId);
    } finally {
      this.#endTurn();
    }
  }

  /** Whoever waits takes over the turn. */
  #endTurn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#underWay -= 1;
    else next();
  }

  async #ask(productId: string): Promise<number | null> {
    const { ask, breaker, nowMs } = this.#options;
    const units = await ask(productId);
    breaker.settled(units !== null);
    if (units === null) return this.#lastTold(productId);
    this.#told.set(productId, { units, atMs: nowMs() });
    return units;
  }

  #lastTold(productId: string): number | null {
    return this.#told.get(productId)?.units ?? null;
  }
}
