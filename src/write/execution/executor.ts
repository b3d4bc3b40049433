import { type AggregateType, compareCodePoints, type IdOf, type Rejection, type Writer } from '../../events/index.ts';
import {
  asSpan,
  assertInTime,
  backoff,
  type Clock,
  Conflict,
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
  isNothing,
  type Loaded,
  NOTHING,
} from './aggregate.ts';
import type { Aggregates } from './aggregates.ts';
import { answerOf, type Execution, type Found, idsIn } from './execution.ts';
import { KeyedLock } from './keyed-lock.ts';
import { dated, type PreparedEntry, prepare } from './prepare.ts';
import { type Answer, recordFor, settled } from './stored-result.ts';
import { beginWrite, noteOutcome, type TracedWrite } from './traced-write.ts';

/** Many: a process that loads anew loses to one that writes from its cache, again and again while that one is busy. */
const MAX_ATTEMPTS = 50;
const retryDelay = backoff({ firstMs: 1, maxMs: 20 });

export interface ExecutorParts {
  readonly aggregates: Aggregates;
  readonly journal: Pick<GroupCommit, 'append'>;
  readonly writer: Writer;
  readonly clock?: Clock;
}

interface Writing {
  readonly decision: Decision;
  readonly idempotency: IdempotencyRecord | null;
  readonly write: TracedWrite;
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
    const work = () => this.#untilWritten(execution);
    // By name, whichever is the first: two that have each other's would wait for ever.
    const names = idsIn(execution).toSorted(compareCodePoints);
    return names.reduceRight(
      (locked, id) => () => this.#locks.run(`${execution.aggregate.kind} ${id}`, locked),
      work,
    )();
  }

  async #untilWritten<State, K extends AggregateType>(
    execution: Execution<State, K>,
  ): Promise<Result<Answer, Rejection>> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      // It may have waited long for those before it.
      assertInTime(execution.deadline, this.#clock);
      const result = await this.#attempt(execution, attempt);
      if (result !== 'Overtaken') return result;
      for (const id of idsIn(execution)) this.#aggregates.forget({ kind: execution.aggregate.kind, id });
      await this.#clock.sleep(retryDelay(attempt));
    }
    throw new Conflict(`Others kept changing ${execution.id} at the same time.`);
  }

  async #attempt<State, K extends AggregateType>(
    execution: Execution<State, K>,
    attempt: number,
  ): Promise<Result<Answer, Rejection> | 'Overtaken'> {
    const { found, decided } = await this.#decide(execution, attempt);
    const { loaded } = found;
    const handsOver = decided.ok ? decided.value.handsOver : undefined;
    if (handsOver !== undefined) return this.#handOver(execution, await handsOver());
    const answered = decided.ok ? ok(await answerOf(execution, loaded, decided.value)) : decided;
    const idempotency = recordFor(execution.request, answered);
    if (!decided.ok && idempotency === null) return decided;
    const outcome = await this.#write(execution, found, {
      decision: decided.ok ? decided.value : NOTHING,
      idempotency,
    });
    return (outcome === null ? null : settled(outcome, idempotency)) ?? answered;
  }

  /** Null when there was nothing to write. */
  async #write<State, K extends AggregateType>(
    execution: Execution<State, K>,
    found: Found<State>,
    writing: Omit<Writing, 'write'>,
  ): Promise<AppendOutcome | null> {
    const { decision, idempotency } = writing;
    if (idempotency === null && isNothing(decision)) return null;
    const write = beginWrite(found.loaded, decision, execution.traceparent);
    return asSpan(write.span, () => this.#append(execution, found, { ...writing, write }), noteOutcome);
  }

  async #append<State, K extends AggregateType>(
    { aggregate, causationId, deadline, onWritten }: Execution<State, K>,
    { loaded, second }: Found<State>,
    { decision, idempotency, write: { traceparent, span } }: Writing,
  ): Promise<AppendOutcome> {
    const author = { writer: this.#writer, causationId, traceparent };
    const { appendRequest, entries } = prepare(loaded, decision, { author, idempotency, second });
    const outcome = await this.#journal.append({ ...appendRequest, span }, deadline);
    if (outcome.type !== 'Appended') return outcome;
    onWritten?.(entries.filter(({ received }) => !received).map(({ envelope }) => envelope));
    const written = { entries, occurredAt: outcome.occurredAt };
    this.#takeIn(aggregate, loaded, written);
    if (second !== null) this.#takeIn(aggregate, second, written);
    const { opens } = decision;
    if (opens !== undefined) this.#takeIn(opens.aggregate, emptyAggregate(opens.aggregateId, opens.aggregate), written);
    return outcome;
  }

  /** Under the key's lock as before: of two commands with one key, the second still waits. */
  #handOver<State, K extends AggregateType>(
    { request, causationId, traceparent, deadline, onWritten }: Execution<State, K>,
    { aggregate, id, decide }: HandOver,
  ): Promise<Result<Answer, Rejection>> {
    return this.#locked({ aggregate, id, decide, request, causationId, traceparent, deadline, onWritten });
  }

  /**
   * What writes nothing is not checked by the journal: it must not be decided on an aggregate from the cache. So whatever is
   * refused has been looked up just once, also if it is in the cache; and of what is not the commander's nothing is read: it
   * takes as long as what is not there.
   */
  async #decide<State, K extends AggregateType>(
    execution: Execution<State, K>,
    attempt: number,
  ): Promise<{ readonly found: Found<State>; readonly decided: Result<Decision, Rejection> }> {
    const remembered = attempt === 1 ? this.#remembered(execution) : null;
    if (remembered !== null) {
      const decided = execution.decide(remembered.loaded, remembered.second);
      if (decided.ok && decided.value.events.length > 0) return { found: remembered, decided };
    }
    const found = await this.#load(execution);
    return { found, decided: execution.decide(found.loaded, found.second) };
  }

  /** Null when something of it is not in the cache. */
  #remembered<State, K extends AggregateType>(execution: Execution<State, K>): Found<State> | null {
    const { aggregate, id, isNew = false } = execution;
    if (isNew) return { loaded: emptyAggregate(id, aggregate), second: null };
    const [loaded, second = null] = idsIn(execution).map((each) => this.#aggregates.remembered(aggregate, each));
    const isWhole = execution.secondId === undefined || second !== null;
    return loaded !== undefined && isWhole ? { loaded, second } : null;
  }

  async #load<State, K extends AggregateType>({
    aggregate,
    id,
    secondId,
    reach = 'Everything',
  }: Execution<State, K>): Promise<Found<State>> {
    const fresh = (each: IdOf<K>) => this.#aggregates.loadReached(aggregate, each, reach);
    const [loaded, second] = await Promise.all([fresh(id), secondId === undefined ? null : fresh(secondId)]);
    return { loaded, second };
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
