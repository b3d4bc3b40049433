import { isPassingDatabaseError } from '../../database/index.ts';
import { ignored, Rounds } from '../../platform/index.ts';
import type { LedgerStore } from '../ledger-store.ts';
import { inTransaction, type Transacting } from '../transaction.ts';
import { type Advancing, advance, type Step, type Turn } from './advance.ts';

/** How many orders one transaction takes on. */
const MAX_BATCH = 128;
/** Transactions under way at once, and how many turns are worth the second: fewer wait for the first, and others join them. */
const MAX_WRITING = 2;
const WORTH_A_SECOND = 16;

export interface AdvancerOptions extends Advancing, Pick<Transacting, 'clock'> {
  readonly store: Pick<LedgerStore, 'transaction'>;
  /** Called after a commit that recorded events. */
  readonly onCommit: () => void;
}

interface Waiting {
  readonly turn: Turn;
  readonly settle: (step: Step) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Takes orders a step on, many in one transaction: those that come while one is under way form the next. A lone order waits for
 * nothing. What is settled is on disk.
 */
export class Advancer {
  readonly #options: AdvancerOptions;
  readonly #rounds: Rounds;
  #waiting: Waiting[] = [];

  constructor(options: AdvancerOptions) {
    this.#options = options;
    this.#rounds = new Rounds({
      maxAtOnce: MAX_WRITING,
      worthAnother: WORTH_A_SECOND,
      waiting: () => this.#waiting.length,
      next: () => this.#writeNext(),
    });
  }

  /** The order's next step. @throws when nothing was written, or that is unknown: to hand the turn over again is right. */
  take(turn: Turn): Promise<Step> {
    const { promise, resolve, reject } = Promise.withResolvers<Step>();
    this.#waiting.push({ turn, settle: resolve, fail: reject });
    this.#rounds.run().catch(ignored);
    return promise;
  }

  async #writeNext(): Promise<void> {
    // Those of the same moment go together.
    await Promise.resolve();
    await this.#write(this.#nextBatch());
  }

  /** An order's second turn, after a lease that ran out, is none of the first one's batch: it starts from what that wrote. */
  #nextBatch(): readonly Waiting[] {
    const batch = new Map<string, Waiting>();
    const later: Waiting[] = [];
    for (const each of this.#waiting) {
      const { orderId } = each.turn;
      if (batch.size < MAX_BATCH && !batch.has(orderId)) batch.set(orderId, each);
      else later.push(each);
    }
    this.#waiting = later;
    return [...batch.values()];
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    const turns = batch.map(({ turn }) => turn);
    try {
      const { steps, answers } = await inTransaction(this.#options, (tx) => advance(tx, this.#options, turns));
      for (const { turn, settle } of batch) settle(steps.get(turn.orderId) ?? { type: 'Over' });
      if (answers > 0) this.#options.onCommit();
    } catch (error) {
      return this.#giveUp(batch, error);
    }
  }

  /** One order that cannot be written must not take the others with it. */
  async #giveUp(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && !isPassingDatabaseError(error)) {
      const middle = batch.length >> 1;
      await this.#write(batch.slice(0, middle));
      return this.#write(batch.slice(middle));
    }
    for (const { fail } of batch) fail(error);
  }
}
