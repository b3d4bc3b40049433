import type { Admitted, CommandName } from '../commands/index.ts';
import { type AggregateType, type OrderFacts, parseId, type Rejection } from '../events/index.ts';
import { err, ok, type Result } from '../platform/index.ts';
import { type Cart, cartAggregate } from './cart/cart.ts';
import { type Product, productAggregate } from './catalogue/product.ts';
import type { StockOf } from './catalogue/stock-of.ts';
import type { Aggregate, Loaded } from './execution/aggregate.ts';
import type { Aggregates } from './execution/aggregates.ts';
import type { Answer, Execution, Executor } from './execution/executor.ts';
import { type DeadLetter, deadLetterAggregate } from './operations/dead-letter.ts';
import { orderAggregate } from './order/order.ts';
import type { PaymentProvider } from './payment/provider.ts';
import { cartSnapshot, orderSnapshot, stockedEntry } from './snapshots.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly executor: Executor;
  readonly aggregates: Aggregates;
  readonly provider: PaymentProvider;
  readonly stockOf: StockOf;
}

/** The state that a command made, or why not. */
export type Answered<T> = Promise<Result<T, Rejection>>;

/** A command that came through the door, and what it does to which aggregate. */
interface Work<State, K extends AggregateType> extends Pick<Execution<State, K>, 'id' | 'isNew' | 'decide' | 'beside'> {
  readonly command: Admitted<CommandName>;
}

/** Of answers that earlier versions kept: the aggregate as it is when it is asked for. */
const NEWEST = 0;

/** The aggregate that an answer shows, as it was then. */
const loadAnswer =
  <State, K extends AggregateType>(aggregate: Aggregate<State, K>) =>
  (aggregates: Aggregates, { aggregateId, sequence }: Answer): Promise<Loaded<State>> => {
    const id = parseId(aggregate.kind, aggregateId);
    if (id === null) throw new Error(`${aggregateId}, which answers, is no ${aggregate.kind}.`);
    return sequence === NEWEST
      ? aggregates.load(aggregate, id, { maxAgeMs: 0 })
      : aggregates.loadAt(aggregate, id, sequence);
  };

/** Shows the aggregate that answers a command. */
const answerWith = <State, Snapshot, K extends AggregateType>(
  aggregate: Aggregate<State, K>,
  snapshot: (loaded: Loaded<State>, beside: Answer['beside']) => Snapshot | null,
) => {
  const load = loadAnswer(aggregate);
  return async (
    { aggregates }: Pick<CommandParts, 'aggregates'>,
    answer: Result<Answer, Rejection>,
  ): Answered<Snapshot> => {
    if (!answer.ok) return err(answer.error);
    const { aggregateId, beside } = answer.value;
    const shown = snapshot(await load(aggregates, answer.value), beside);
    if (shown === null) throw new Error(`The journal does not hold ${aggregateId}, which it has just answered with.`);
    return ok(shown);
  };
};

/** Runs commands on a kind of aggregate. */
const runWith =
  <State, K extends AggregateType>(aggregate: Aggregate<State, K>) =>
  (
    { executor }: Pick<CommandParts, 'executor'>,
    { command, ...work }: Work<State, K>,
  ): Promise<Result<Answer, Rejection>> => {
    const { request, traceparent, deadline } = command;
    return executor.run({ ...work, aggregate, request, causationId: null, traceparent, deadline });
  };

export const runOnCart = runWith<Cart, 'Cart'>(cartAggregate);
export const runOnOrder = runWith<OrderFacts, 'Order'>(orderAggregate);
export const runOnProduct = runWith<Product, 'Product'>(productAggregate);
export const runOnDeadLetter = runWith<DeadLetter, 'DeadLetter'>(deadLetterAggregate);
export const answerWithCart = answerWith(cartAggregate, cartSnapshot);
export const answerWithOrder = answerWith(orderAggregate, orderSnapshot);
export const answerWithProduct = answerWith(productAggregate, stockedEntry);
export const loadDeadLetterAnswer = loadAnswer(deadLetterAggregate);
