import type { Admitted, CommandName } from '../../commands/index.ts';
import { type AggregateType, parseId, type Rejection } from '../../events/index.ts';
import { err, type Facts, noteAbout, ok, type Result } from '../../platform/index.ts';
import type { Aggregate, Loaded } from './aggregate.ts';
import type { Aggregates } from './aggregates.ts';
import type { Execution } from './execution.ts';
import type { Executor } from './executor.ts';
import type { Answer } from './stored-result.ts';

/** What every command runs on. */
export interface Execute {
  readonly executor: Executor;
  readonly aggregates: Aggregates;
}

/** The state that a command made, or why not. */
export type Answered<T> = Promise<Result<T, Rejection>>;

/** A command that came through the door, and what it does to which aggregate. */
interface Work<State, K extends AggregateType>
  extends Pick<Execution<State, K>, 'aggregate' | 'id' | 'isNew' | 'reach' | 'decide' | 'beside'> {
  readonly command: Admitted<CommandName>;
}

const factsOf = (kind: AggregateType, id: string): Facts => {
  if (kind === 'Cart') return { cartId: id };
  return kind === 'Order' ? { orderId: id } : {};
};

export const runCommand = <State, K extends AggregateType>(
  { executor }: Pick<Execute, 'executor'>,
  { command, ...work }: Work<State, K>,
): Promise<Result<Answer, Rejection>> => {
  const { request, traceparent, deadline, onWritten } = command;
  noteAbout(factsOf(work.aggregate.kind, work.id));
  return executor.run({ ...work, request, causationId: null, traceparent, deadline, onWritten });
};

/** The same on a cart or an order that there is: it has to be the commander's, or it is as one that is not there. */
export const runOwned = <State, K extends AggregateType>(
  parts: Pick<Execute, 'executor'>,
  work: Work<State, K>,
): Promise<Result<Answer, Rejection>> => runCommand(parts, { ...work, reach: work.command.reach });

/** Of answers that earlier versions kept: the aggregate as it is when it is asked for. */
const NEWEST = 0;

/** The aggregate that an answer shows, as it was then. */
export const loadAnswer = <State, K extends AggregateType>(
  { aggregates }: Pick<Execute, 'aggregates'>,
  aggregate: Aggregate<State, K>,
  { aggregateId, sequence }: Answer,
): Promise<Loaded<State>> => {
  const id = parseId(aggregate.kind, aggregateId);
  if (id === null) throw new Error(`${aggregateId}, which answers, is no ${aggregate.kind}.`);
  return sequence === NEWEST
    ? aggregates.load(aggregate, id, { maxAgeMs: 0 })
    : aggregates.loadAt(aggregate, id, sequence);
};

/** How an aggregate of one kind is shown; null before its first event. */
export interface Shown<State, Snapshot, K extends AggregateType> {
  readonly aggregate: Aggregate<State, K>;
  readonly snapshot: (loaded: Loaded<State>, beside?: Answer['beside']) => Snapshot | null;
}

/** Shows the aggregate that answers a command. */
export const showAnswer = async <State, Snapshot, K extends AggregateType>(
  parts: Pick<Execute, 'aggregates'>,
  { aggregate, snapshot }: Shown<State, Snapshot, K>,
  answer: Result<Answer, Rejection>,
): Answered<Snapshot> => {
  if (!answer.ok) return err(answer.error);
  const { aggregateId, beside } = answer.value;
  const shown = snapshot(await loadAnswer(parts, aggregate, answer.value), beside);
  if (shown === null) throw new Error(`The journal does not hold ${aggregateId}, which it has just answered with.`);
  return ok(shown);
};

const NOW = { maxAgeMs: 0 };

/** What there is under an id, as it is now; null also for what cannot be an id of this kind. */
export const find =
  <State, Snapshot, K extends AggregateType>(
    { aggregates }: Pick<Execute, 'aggregates'>,
    { aggregate, snapshot }: Shown<State, Snapshot, K>,
  ) =>
  async (given: string): Promise<Snapshot | null> => {
    const id = parseId(aggregate.kind, given);
    return id && snapshot(await aggregates.load(aggregate, id, NOW));
  };
