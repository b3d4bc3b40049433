import type { CommandContext, KeyedRequest } from '../../commands/index.ts';
import type { AggregateType, IdOf, Json, Reach, Rejection } from '../../events/index.ts';
import type { Deadline, Result } from '../../platform/index.ts';
import type { Aggregate, Decision, Loaded } from './aggregate.ts';
import type { Answer } from './stored-result.ts';

/** Work on one aggregate: by an id of its kind, and under a key that came through the door. */
export interface Execution<State, K extends AggregateType = AggregateType> {
  readonly aggregate: Aggregate<State, K>;
  readonly id: IdOf<K>;
  /** The id has just been made: the aggregate need not be looked for. */
  readonly isNew?: boolean;
  /** Whose it has to be, or it is as one that is not there; by default anybody's. */
  readonly reach?: Reach;
  /** Another one of the kind, which decide is given too, and which its decision may write to ({@link Decision.ofSecond}). */
  readonly secondId?: IdOf<K>;
  readonly decide: (loaded: Loaded<State>, second: Loaded<State> | null) => Result<Decision, Rejection>;
  /** Asked when there is something to answer, before it is written: {@link Answer.beside}. */
  readonly beside?: (() => Promise<Json>) | undefined;
  /** Under which the result is kept; null: it is not. */
  readonly request: KeyedRequest | null;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  /** After it nothing more is begun. */
  readonly deadline: Deadline;
  readonly onWritten?: CommandContext['onWritten'];
}

/** What an execution decides on. */
export interface Found<State> {
  readonly loaded: Loaded<State>;
  readonly second: Loaded<State> | null;
}

/** The aggregates that the work is on. */
export const idsIn = <K extends AggregateType>({
  id,
  secondId,
}: Pick<Execution<never, K>, 'id' | 'secondId'>): readonly IdOf<K>[] =>
  secondId === undefined ? [id] : [id, secondId];

/** What the aggregate will be that answers, once the decision is written. */
export const answerOf = async (
  { beside }: Pick<Execution<never>, 'beside'>,
  { id, sequence }: Loaded<unknown>,
  { opens, events, receives }: Decision,
): Promise<Answer> => {
  const own = { aggregateId: id, sequence: sequence + events.length + (receives === undefined ? 0 : 1) };
  const shown = opens === undefined ? own : { aggregateId: opens.aggregateId, sequence: opens.events.length };
  return beside === undefined ? shown : { ...shown, beside: await beside() };
};
