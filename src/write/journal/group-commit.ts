import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pool } from 'pg';
import { isPassingDatabaseError, isUniqueViolation, runnerOn, statement } from '../../database/index.ts';
import {
  asSpan,
  backoff,
  type Clock,
  currentSpan,
  type Deadline,
  failSpan,
  NO_DEADLINE,
  outOfTime,
  Rounds,
  SIGNALS,
  systemClock,
  Unavailable,
} from '../../platform/index.ts';
import { APPEND_WITH_METHODS, haveMethods, valuesWithMethods } from './append-methods.ts';
import type { AppendOutcome, AppendRequest } from './append-request.ts';
import { beginAppend } from './append-span.ts';
import { APPEND, type AppendAnswer, type AppendRow, appendRows, appendValues } from './append-statement.ts';

/** How many requests one statement takes, and how many may wait for their turn before new ones are turned away. */
const MAX_BATCH = 128;
const MAX_WAITING = 20_000;
/** Batches on their way at once: while the database works on one, the other is put together or taken apart. */
const MAX_WRITING = 2;
/** How many requests are worth a second batch. Fewer wait for the first one to come back, and others join them. */
const WORTH_A_SECOND = 32;
/** How long a batch is tried again while the database is away, before its outcome is reported as unknown. */
const PATIENCE_MS = 8_000;
/** Attempts after which a batch that keeps colliding with other processes is written in halves. */
const MAX_COLLISIONS = 3;

/**
 * Appends requests in one commit, and returns a row for each: refused are those whose key was used or whose aggregate moved on.
 * @throws a unique violation when a concurrent append was in the way of any: then nothing of them was written.
 */
export type AppendBatch = (requests: readonly AppendRequest[]) => Promise<readonly AppendRow[]>;

export interface GroupCommitOptions {
  readonly appendBatch: AppendBatch;
  readonly clock: Clock;
  /** Called with the requests of each commit, refused ones among them: a hint for whoever waits for what they wrote. */
  readonly onCommit: (requests: readonly AppendRequest[]) => void;
  /** Awaited before each batch, so that requests which come in the same turn are written together; by default not at all. */
  readonly gather?: (() => Promise<unknown>) | undefined;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly deadline: Deadline;
  readonly sinceMs: number;
  readonly settle: (outcome: AppendOutcome) => void;
  readonly fail: (error: unknown) => void;
}

const retryDelay = backoff({ firstMs: 20, maxMs: 1_000 });

/**
 * Appends requests to a journal. Those that arrive while batches are being written form the next one: no timer, so a lone
 * request waits for nothing, and under load one commit serves many. Requests of two batches may be committed in any order:
 * whoever wants an order awaits the first before appending the second.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #rounds: Rounds;
  #waiting: Waiting[] = [];

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#rounds = new Rounds({
      maxAtOnce: MAX_WRITING,
      worthAnother: WORTH_A_SECOND,
      waiting: () => this.#waiting.length,
      next: () => this.#writeNext(),
    });
  }

  /**
   * @throws {Unavailable} when too many wait already, when the database stays away, or at the deadline: then the outcome is
   * unknown.
   */
  append(request: AppendRequest, deadline = NO_DEADLINE): Promise<AppendOutcome> {
    if (this.#waiting.length >= MAX_WAITING) throw new Unavailable('Too many commands wait to be written.');
    const { promise, resolve, reject } = Promise.withResolvers<AppendOutcome>();
    const sinceMs = this.#options.clock.nowMs();
    this.#waiting.push({ request, deadline, sinceMs, settle: resolve, fail: reject });
    this.#rounds.run().catch((error: unknown) => this.#failWaiting(error));
    return promise;
  }

  async #writeNext(): Promise<void> {
    await this.#options.gather?.();
    const batch = this.#inTime(this.#waiting.splice(0, MAX_BATCH));
    if (batch.length > 0) await this.#commit(batch);
  }

  /** Who waits for a batch that nobody writes would wait for ever. */
  #failWaiting(error: unknown): void {
    for (const { fail } of this.#waiting.splice(0)) fail(error);
  }

  /** Whom nobody waits for any more is not written: while the database is away, they would pile up for when it is back. */
  #inTime(batch: readonly Waiting[]): readonly Waiting[] {
    const nowMs = this.#options.clock.nowMs();
    for (const { deadline, fail } of batch) if (deadline.atMs <= nowMs) fail(outOfTime());
    return batch.filter(({ deadline }) => deadline.atMs > nowMs);
  }

  #commit(batch: readonly Waiting[]): Promise<void> {
    const beganMs = this.#options.clock.nowMs();
    return asSpan(beginAppend(batch, beganMs), () => this.#append(batch, beganMs));
  }

  async #append(given: readonly Waiting[], beganMs: number): Promise<void> {
    const { appendBatch, clock, onCommit } = this.#options;
    const giveUpAt = beganMs + PATIENCE_MS;
    let batch = given;
    for (let attempt = 1, collisions = 0; batch.length > 0; attempt += 1) {
      try {
        const requests = batch.map(({ request }) => request);
        settle(batch, await appendBatch(requests));
        tellOf(batch, beganMs, clock.nowMs());
        return onCommit(requests);
      } catch (error) {
        if (!isUniqueViolation(error)) {
          if (!isPassingDatabaseError(error) || clock.nowMs() > giveUpAt) return this.#giveUp(batch, error);
          await clock.sleep(retryDelay(attempt));
          batch = this.#inTime(batch);
        } else if ((collisions += 1) > MAX_COLLISIONS) return this.#giveUp(batch, error);
      }
    }
  }

  /** One request that cannot be written must not take the others with it. */
  async #giveUp(batch: readonly Waiting[], error: unknown): Promise<void> {
    failSpan(currentSpan(), error);
    if (batch.length > 1 && !isPassingDatabaseError(error)) {
      const middle = batch.length >> 1;
      await this.#commit(batch.slice(0, middle));
      return this.#commit(batch.slice(middle));
    }
    for (const { settle: settleRequest, fail } of batch) {
      if (isUniqueViolation(error)) settleRequest({ type: 'Overtaken' });
      else if (!isPassingDatabaseError(error)) fail(error);
      else fail(new Unavailable('The database is away; the outcome is unknown.', { cause: error }));
    }
  }
}

const tellOf = (batch: readonly Waiting[], beganMs: number, nowMs: number): void =>
  SIGNALS.batchCommitted.tell({
    commands: batch.length,
    waitedMs: beganMs - (batch[0]?.sinceMs ?? beganMs),
    tookMs: nowMs - beganMs,
  });

const settle = (batch: readonly Waiting[], rows: readonly AppendRow[]): void => {
  for (const [nth, { request, settle: settleRequest }] of batch.entries()) {
    const row = rows[nth];
    if (row !== undefined) settleRequest(outcomeOf(request, row));
  }
};

const outcomeOf = (request: AppendRequest, row: AppendRow): AppendOutcome => {
  const { request_hash: requestHash, result } = row;
  if (requestHash !== null && result !== null) return { type: 'Repeated', requestHash, result };
  if (row.is_overtaken && !isOwn(request, row.next_event_id)) return { type: 'Overtaken' };
  return { type: 'Appended', occurredAt: row.occurred_at.toISOString() };
};

/** The reply to an earlier attempt was lost, but it had been committed: what stands in our place is our own event. */
const isOwn = (request: AppendRequest, nextEventId: string | null): boolean =>
  request.entries.some(({ envelope, received }) => !received && envelope.eventId === nextEventId);

const append = statement<AppendAnswer>(APPEND);
const appendWithMethods = statement<AppendAnswer>(APPEND_WITH_METHODS);

/** What {@link GroupCommit} appends with, in PostgreSQL. */
export const appendBatchTo = (pool: Pick<Pool, 'query'>): AppendBatch => {
  const runner = runnerOn(pool);
  return async (requests) => {
    const answers = haveMethods(requests)
      ? await appendWithMethods(runner, valuesWithMethods(requests))
      : await append(runner, appendValues(requests));
    return appendRows(requests, answers);
  };
};

/** Group commit to the write journal in PostgreSQL. `onCommit` is called after each commit. */
export const openJournal = (pool: Pool, onCommit: () => void = () => {}): GroupCommit =>
  new GroupCommit({ appendBatch: appendBatchTo(pool), clock: systemClock, onCommit, gather: nextTurn });
