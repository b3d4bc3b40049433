import type { Pool } from 'pg';
import { isPassingDatabaseError, isUniqueViolation } from '../database/index.ts';
import { backoff, sleep, Unavailable } from '../platform/index.ts';
import { type AppendRow, appendStatement, appendValues } from './append-statement.ts';
import type { JournalName } from './record.ts';
import type { AppendOutcome, Unit } from './unit.ts';

/** How many units one statement takes, and how many may wait for their turn before new ones are turned away. */
const MAX_BATCH = 256;
const MAX_WAITING = 20_000;
/** How long a batch is tried again while the database is away, before its outcome is reported as unknown. */
const PATIENCE_MS = 8_000;
/** Attempts after which a batch that keeps colliding with other processes is written unit by unit. */
const MAX_COLLISIONS = 3;

interface Waiting {
  readonly unit: Unit;
  readonly settle: (outcome: AppendOutcome) => void;
  readonly fail: (error: unknown) => void;
}

const retryDelay = backoff({ firstMs: 20, maxMs: 1_000 });

/**
 * Appends units to a journal. Those that arrive while a batch is being written form the next batch: no timer, so a lone
 * unit waits for nothing, and under load one commit serves many.
 */
export class GroupCommit {
  readonly #pool: Pool;
  readonly #statement: { readonly name: string; readonly text: string };
  readonly #onCommit: () => void;
  #waiting: Waiting[] = [];
  #isWriting = false;

  /** `onCommit` is called after each commit: a hint for the relay. */
  constructor(pool: Pool, journal: JournalName, onCommit: () => void = () => {}) {
    this.#pool = pool;
    this.#onCommit = onCommit;
    this.#statement = { name: `append-${journal}`, text: appendStatement(journal) };
  }

  /** @throws {Unavailable} when too many wait already, or when the database stays away: then the outcome is unknown. */
  append(unit: Unit): Promise<AppendOutcome> {
    if (this.#waiting.length >= MAX_WAITING) throw new Unavailable('Too many commands wait to be written.');
    const { promise, resolve, reject } = Promise.withResolvers<AppendOutcome>();
    this.#waiting.push({ unit, settle: resolve, fail: reject });
    if (!this.#isWriting) void this.#drain();
    return promise;
  }

  async #drain(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, MAX_BATCH));
    this.#isWriting = false;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (let attempt = 1, collisions = 0; ; attempt += 1) {
      try {
        settle(batch, await this.#write(batch));
        return this.#onCommit();
      } catch (error) {
        if (isUniqueViolation(error)) collisions += 1;
        else if (!isPassingDatabaseError(error) || performance.now() > giveUpAt) return this.#giveUp(batch, error);
        if (collisions > MAX_COLLISIONS) return this.#giveUp(batch, error);
        await sleep(retryDelay(attempt));
      }
    }
  }

  /** One unit that cannot be written must not take the others with it. */
  async #giveUp(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && !isPassingDatabaseError(error)) {
      for (const waiting of batch) await this.#commit([waiting]);
      return;
    }
    for (const { settle: settleUnit, fail } of batch) {
      if (isUniqueViolation(error)) settleUnit({ type: 'Overtaken' });
      else if (!isPassingDatabaseError(error)) fail(error);
      else fail(new Unavailable('The database is away; the outcome is unknown.', { cause: error }));
    }
  }

  async #write(batch: readonly Waiting[]): Promise<readonly AppendRow[]> {
    const values = appendValues(batch.map(({ unit }) => unit));
    const { rows } = await this.#pool.query<AppendRow>({ ...this.#statement, values });
    return rows;
  }
}

const settle = (batch: readonly Waiting[], rows: readonly AppendRow[]): void => {
  for (const [nth, { unit, settle: settleUnit }] of batch.entries()) {
    const row = rows[nth];
    if (row !== undefined) settleUnit(outcomeOf(unit, row));
  }
};

const outcomeOf = (unit: Unit, row: AppendRow): AppendOutcome => {
  if (row.request_hash !== null) return { type: 'Repeated', requestHash: row.request_hash, result: row.result };
  if (row.is_overtaken && !isOwn(unit, row.next_event_id)) return { type: 'Overtaken' };
  return { type: 'Appended', occurredAt: row.occurred_at.toISOString() };
};

/** The reply to an earlier attempt was lost, but it had been committed: what stands in our place is our own event. */
const isOwn = (unit: Unit, nextEventId: string | null): boolean =>
  unit.entries.some(({ envelope, heard }) => !heard && envelope.eventId === nextEventId);
