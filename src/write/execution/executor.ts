import type { KeyedRequest } from '../../commands/index.ts';
import type { AggregateType, IdOf, Json, Rejection, Writer } from '../../events/index.ts';
import {
  assertInTime,
  backoff,
  type Clock,
  Conflict,
  type Deadline,
  ok,
  type Result,
  systemClock,
} from '../../platform/index.ts';
import type { AppendOutcome, IdempotencyRecord } from '../journal/append-request.ts';
import type { GroupCommit } from '../journal/group-commit.ts';
import {
  type Aggregate,
  advance,
  type Decision,
  emptyAggregate,
  type HandOver,
  type Loaded,
  NOTHING,
} from './aggregate.ts';
import type { Aggregates } from './aggregates.ts';
import { KeyedLock } from './keyed-lock.ts';
import { dated, type PreparedEntry, prepare } from './prepare.ts';
import { type Answer, recordFor, settled } from './stored-result.ts';

/** Work on one aggregate: by an id of its kind, and under a key that came through the door. */
export interface Execution<State, K extends AggregateType = AggregateType> {
  readonly aggregate: Aggregate<State, K>;
  readonly id: IdOf<K>;
  /** The id has just been made: the aggregate need not be looked for. */
  readonly isNew?: boolean;
  readonly decide: (loaded: Loaded<State>) => Result<Decision, Rejection>;
  /** Asked when there is something to answer, before it is written: {@link Answer.beside}. */
  readonly beside?: (() => Promise<Json>) | undefined;
  /** Under which the result is kept; null: it is not. */
  readonly request: KeyedRequest | null;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  /** After it nothing more is begun. */
  readonly deadline: Deadline;
}

/** Many: a process that loads anew loses to one that writes from its cache, again and again while that one is busy. */
const MAX_ATTEMPTS = 50;
const retryDelay = backoff({ firstMs: 1, maxMs: 20 });

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
  readonly #locks = new KeyedLock();

  constructor({ aggregates, journal, writer, clock = systemClock }: ExecutorParts) {
    this.#aggregates = aggregates;
    this.#journal = journal;
    this.#writer = writer;
    this.#clock = clock;
  }

  /** @throws {Conflict} when others were faster too often: nothing was done; {Unavailable} when it came too late to be begun. */
  run<State, K extends AggregateType>(execution: Execution<State, K>): Promise<Result<Answer, Rejection>> {
    const key = execution.request?.key;
    const locked = () => this.#locked(execution);
    return key === undefined ? locked() : this.#locks.run(`key ${key}`, locked);
  }

  #locked<State, K extends AggregateType>(execution: Execution<State, K>): Promise<Result<Answer, Rejection>> {
    return this.#locks.run(`${execution.aggregate.kind} ${execution.id}`, () => this.#untilWritten(execution));
  }

  async #untilWritten<State, K extends AggregateType>(
    execution: Execution<State, K>,
  ): Promise<Result<Answer, Rejection>> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      // It may have waited long for those before it.
      assertInTime(execution.deadline, this.#clock);
      const result = await this.#attempt(execution, attempt);
      if (result !== 'Overtaken') return result;
      this.#aggregates.forget({ kind: execution.aggregate.kind, id: execution.id });
      await this.#clock.sleep(retryDelay(attempt));
    }
    throw new Conflict(`Others kept changing ${execution.id} at the same time.`);
  }

  async #attempt<State, K extends AggregateType>(
    execution: Execution<State, K>,
    attempt: number,
  ): Promise<Result<Answer, Rejection> | 'Overtaken'> {
    const { loaded, decided } = await this.#decide(execution, attempt);
    const handsOver = decided.ok ? decided.value.handsOver : undefined;
    if (handsOver !== undefined) return this.#handOver(execution, await handsOver());
    const answered = decided.ok ? ok(await answerOf(execution, loaded, decided.value)) : decided;
    const idempotency = recordFor(execution.request, answered);
    if (!decided.ok && idempotency === null) return decided;
    const outcome = await this.#write(execution, loaded, {
      decision: decided.ok ? decided.value : NOTHING,
      idempotency,
    });
    return (outcome === null ? null : settled(outcome, idempotency)) ?? answered;
  }

  /** Null when there was nothing to write. */
  async #write<State, K extends AggregateType>(
    { aggregate, causationId, traceparent, deadline }: Execution<State, K>,
    loaded: Loaded<State>,
    { decision, idempotency }: { readonly decision: Decision; readonly idempotency: IdempotencyRecord | null },
  ): Promise<AppendOutcome | null> {
    const author = { writer: this.#writer, causationId, traceparent };
    const { appendRequest, entries } = prepare(loaded, decision, { author, idempotency });
    const isEmpty = entries.length + appendRequest.schedule.length + appendRequest.unschedule.length === 0;
    if (isEmpty && idempotency === null) return null;
    const outcome = await this.#journal.append(appendRequest, deadline);
    if (outcome.type !== 'Appended') return outcome;
    const written = { entries, occurredAt: outcome.occurredAt };
    this.#takeIn(aggregate, loaded, written);
    const { opens } = decision;
    if (opens !== undefined) this.#takeIn(opens.aggregate, emptyAggregate(opens.aggregateId, opens.aggregate), written);
    return outcome;
  }

  /** Under the key's lock as before: of two commands with one key, the second still waits. */
  #handOver<State, K extends AggregateType>(
    { request, causationId, traceparent, deadline }: Execution<State, K>,
    { aggregate, id, decide }: HandOver,
  ): Promise<Result<Answer, Rejection>> {
    return this.#locked({ aggregate, id, decide, request, causationId, traceparent, deadline });
  }

  /**
   * What writes nothing is not checked by the journal: it must not be decided on an aggregate from the cache. So whatever is
   * refused has been looked up just once, also if it is in the cache: what is not the commander's takes as long as what is
   * not there.
   */
  async #decide<State, K extends AggregateType>(
    { aggregate, id, isNew = false, decide }: Execution<State, K>,
    attempt: number,
  ): Promise<{ readonly loaded: Loaded<State>; readonly decided: Result<Decision, Rejection> }> {
    const remembered = isNew ? emptyAggregate(id, aggregate) : this.#aggregates.remembered(aggregate, id);
    if (attempt === 1 && remembered !== undefined) {
      const decided = decide(remembered);
      if (decided.ok && decided.value.events.length > 0) return { loaded: remembered, decided };
    }
    const loaded = await this.#aggregates.load(aggregate, id, { maxAgeMs: 0 });
    return { loaded, decided: decide(loaded) };
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

const answerOf = async (
  { beside }: Pick<Execution<never>, 'beside'>,
  { id, sequence }: Loaded<unknown>,
  { opens, events, receives }: Decision,
): Promise<Answer> => {
  const own = { aggregateId: id, sequence: sequence + events.length + (receives === undefined ? 0 : 1) };
  const shown = opens === undefined ? own : { aggregateId: opens.aggregateId, sequence: opens.events.length };
  return beside === undefined ? shown : { ...shown, beside: await beside() };
};
