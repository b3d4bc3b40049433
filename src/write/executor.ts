import { createHash } from 'node:crypto';
import type { Json, Rejection } from '../events/index.ts';
import type { AppendOutcome, GroupCommit, IdempotencyRecord, Writer } from '../journal/index.ts';
import { backoff, type Clock, Conflict, err, ok, type Result, systemClock } from '../platform/index.ts';
import { type Aggregate, advance, type Decision, emptyAggregate, type Loaded } from './aggregate.ts';
import type { Aggregates } from './aggregates.ts';
import { Lanes } from './lanes.ts';
import { dated, type PreparedEntry, prepare } from './unit-of.ts';

/** The state of an aggregate that answers a command: reproducible at any later time from the journal. */
export type Answer = { readonly aggregateId: string; readonly sequence: number };

type StoredResult = { readonly answer: Answer } | { readonly rejection: Rejection };

export interface Execution<State> {
  readonly aggregate: Aggregate<State>;
  readonly id: string;
  /** The id has just been made: the aggregate need not be looked for. */
  readonly isNew?: boolean;
  readonly decide: (loaded: Loaded<State>) => Result<Decision, Rejection>;
  /** The key under which the result is kept, and what the command asked for. */
  readonly idempotency: { readonly key: string; readonly request: Json } | null;
  readonly causationId: string | null;
  readonly traceparent: string | null;
}

/** Many: a process that loads anew loses to one that writes from its cache, again and again while that one is busy. */
const MAX_ATTEMPTS = 50;
const retryDelay = backoff({ firstMs: 1, maxMs: 20 });
const CACHED = { maxAgeMs: Number.POSITIVE_INFINITY };
const FRESH = { maxAgeMs: 0 };

const hashOf = (request: Json): string => createHash('sha256').update(JSON.stringify(request)).digest('base64url');

export interface ExecutorParts {
  readonly aggregates: Aggregates;
  readonly journal: Pick<GroupCommit, 'append'>;
  readonly writer: Writer;
  readonly clock?: Clock;
}

/** Load → decide → append; and again, when somebody else was faster. */
export class Executor {
  readonly #aggregates: Aggregates;
  readonly #journal: Pick<GroupCommit, 'append'>;
  readonly #writer: Writer;
  readonly #clock: Clock;
  readonly #lanes = new Lanes();

  constructor({ aggregates, journal, writer, clock = systemClock }: ExecutorParts) {
    this.#aggregates = aggregates;
    this.#journal = journal;
    this.#writer = writer;
    this.#clock = clock;
  }

  /** @throws {Conflict} when others were faster too often; nothing was done then. */
  run<State>(execution: Execution<State>): Promise<Result<Answer, Rejection>> {
    const inLane = () => this.#lanes.run(execution.id, () => this.#untilWritten(execution));
    const key = execution.idempotency?.key;
    return key === undefined ? inLane() : this.#lanes.run(`key ${key}`, inLane);
  }

  async #untilWritten<State>(execution: Execution<State>): Promise<Result<Answer, Rejection>> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const result = await this.#attempt(execution, attempt === 1 ? CACHED : FRESH);
      if (result !== 'Overtaken') return result;
      this.#aggregates.forget(execution.id);
      await this.#clock.sleep(retryDelay(attempt));
    }
    throw new Conflict(`Others kept changing ${execution.id} at the same time.`);
  }

  async #attempt<State>(
    execution: Execution<State>,
    freshness: { readonly maxAgeMs: number },
  ): Promise<Result<Answer, Rejection> | 'Overtaken'> {
    const { loaded, decided } = await this.#decide(execution, freshness);
    const idempotency = this.#recordFor(execution, loaded, decided);
    if (!decided.ok && idempotency === null) return decided;
    const decision = decided.ok ? decided.value : { events: [] };
    const author = { writer: this.#writer, causationId: execution.causationId, traceparent: execution.traceparent };
    const { unit, entries } = prepare(loaded, decision, { author, idempotency });
    const isEmpty = entries.length + unit.schedule.length + unit.unschedule.length === 0;
    if (isEmpty && idempotency === null) return this.#answer(loaded, decision);
    const outcome = await this.#journal.append(unit);
    if (outcome.type === 'Appended') {
      const written = { entries, occurredAt: outcome.occurredAt };
      this.#takeIn(execution.aggregate, loaded, written);
      const { founds } = decision;
      if (founds !== undefined)
        this.#takeIn(founds.aggregate, emptyAggregate(founds.aggregateId, founds.aggregate), written);
    }
    return settled(outcome, idempotency) ?? (decided.ok ? this.#answer(loaded, decision) : decided);
  }

  /** What writes nothing is not checked by the journal: it must not be decided on an aggregate from the cache. */
  async #decide<State>(
    { aggregate, id, isNew = false, decide }: Execution<State>,
    freshness: { readonly maxAgeMs: number },
  ): Promise<{ readonly loaded: Loaded<State>; readonly decided: Result<Decision, Rejection> }> {
    const isUnwritten = isNew && freshness === CACHED;
    const loaded = isUnwritten ? emptyAggregate(id, aggregate) : await this.#aggregates.load(aggregate, id, freshness);
    const decided = decide(loaded);
    const writes = decided.ok && decided.value.events.length > 0;
    if (writes || freshness === FRESH) return { loaded, decided };
    const fresh = await this.#aggregates.load(aggregate, id, FRESH);
    return { loaded: fresh, decided: decide(fresh) };
  }

  #recordFor<State>(
    { idempotency }: Execution<State>,
    loaded: Loaded<State>,
    decided: Result<Decision, Rejection>,
  ): IdempotencyRecord | null {
    if (idempotency === null) return null;
    const result: StoredResult = decided.ok
      ? { answer: answerOf(loaded, decided.value) }
      : { rejection: decided.error };
    return { key: idempotency.key, requestHash: hashOf(idempotency.request), result: result as unknown as Json };
  }

  #answer(loaded: Loaded<unknown>, decision: Decision): Result<Answer, Rejection> {
    return ok(answerOf(loaded, decision));
  }

  #takeIn<State>(
    aggregate: Aggregate<State>,
    loaded: Loaded<State>,
    written: { readonly entries: readonly PreparedEntry[]; readonly occurredAt: string },
  ): void {
    const own = written.entries.filter(({ envelope }) => envelope.aggregateId === loaded.id);
    const after = own.reduce((state, entry) => advance(state, aggregate, dated(entry, written.occurredAt)), loaded);
    this.#aggregates.remember(after);
  }
}

const answerOf = (loaded: Loaded<unknown>, { answersWith, founds, events, hears }: Decision): Answer => {
  if (answersWith === undefined || answersWith === loaded.id) {
    return { aggregateId: loaded.id, sequence: loaded.sequence + events.length + (hears === undefined ? 0 : 1) };
  }
  return { aggregateId: answersWith, sequence: founds?.events.length ?? NEWEST };
};

/** An answer that shows the aggregate as it is when it is asked for. */
export const NEWEST = 0;

const settled = (
  outcome: AppendOutcome,
  idempotency: IdempotencyRecord | null,
): Result<Answer, Rejection> | 'Overtaken' | null => {
  if (outcome.type === 'Overtaken') return 'Overtaken';
  if (outcome.type === 'Appended') return null;
  if (outcome.requestHash !== idempotency?.requestHash) return err(keyReused);
  const stored = outcome.result as unknown as StoredResult;
  return 'answer' in stored ? ok(stored.answer) : err(stored.rejection);
};

const keyReused: Rejection = {
  code: 'IDEMPOTENCY_CONFLICT',
  message: 'This idempotencyKey was used before with another input: take a new key.',
};
