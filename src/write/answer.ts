import { type IdKind, isId, type Json, type OrderFacts, type Rejection } from '../events/index.ts';
import { err, ok, type Result } from '../platform/index.ts';
import type { Aggregate, Loaded } from './aggregate.ts';
import type { Aggregates } from './aggregates.ts';
import { type Cart, cartAggregate } from './cart/cart.ts';
import { type Product, productAggregate } from './catalogue/product.ts';
import type { CommandContext } from './context.ts';
import { type Answer, type Execution, type Executor, NEWEST } from './executor.ts';
import { orderAggregate } from './order/order.ts';
import type { PaymentProvider } from './payment/provider.ts';
import { type DeadLetter, deadLetterAggregate } from './repair/dead-letter.ts';
import { cartSnapshot, catalogueEntry, orderSnapshot } from './snapshots.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly executor: Executor;
  readonly aggregates: Aggregates;
  readonly provider: PaymentProvider;
}

/** The state that a command made, or why not. */
export type Answered<T> = Promise<Result<T, Rejection>>;

interface Request<State> {
  readonly id: string;
  /** As {@link Execution.isNew}. */
  readonly isNew?: boolean;
  /** The command and its input: what an idempotency key stands for. */
  readonly name: string;
  readonly input: { readonly [field: string]: Json };
  readonly context: CommandContext;
  readonly decide: Execution<State>['decide'];
}

const MAX_TEXT_LENGTH = 500;
const MAX_KEY_LENGTH = 200;

export const invalid = (message: string): Rejection => ({ code: 'INVALID_INPUT', message });

const isUsable = (value: string, maxLength: number): boolean => value.length <= maxLength && !value.includes('\0');

const problemOf = ({ input, context: { idempotencyKey } }: Request<never>): Rejection | null => {
  const texts = Object.values(input).filter((value) => typeof value === 'string');
  if (!texts.every((value) => isUsable(value, MAX_TEXT_LENGTH))) {
    return invalid(`A text has at most ${MAX_TEXT_LENGTH} characters, none of them NUL.`);
  }
  if (idempotencyKey === null || (idempotencyKey.length > 0 && isUsable(idempotencyKey, MAX_KEY_LENGTH))) return null;
  return invalid(`An idempotencyKey has 1 to ${MAX_KEY_LENGTH} characters, none of them NUL.`);
};

/** A customer's keys are their own: nobody learns of another's answer by using their key. */
const scoped = (key: string, { customerId }: CommandContext): string => JSON.stringify([customerId, key]);

const idempotencyOf = ({ name, input, context }: Request<never>): Execution<never>['idempotency'] => {
  if (context.idempotencyKey === null) return null;
  const request = { command: name, ...input, expectedVersion: context.expectedVersion ?? null };
  return { key: scoped(context.idempotencyKey, context), request };
};

/** Runs commands of a kind of aggregate, and shows the aggregate that answers them. */
const answerWith =
  <State, Snapshot>(aggregate: Aggregate<State>, snapshot: (loaded: Loaded<State>) => Snapshot | null) =>
  async ({ aggregates }: CommandParts, answer: Result<Answer, Rejection>): Answered<Snapshot> => {
    if (!answer.ok) return answer;
    const { aggregateId, sequence } = answer.value;
    const loaded =
      sequence === NEWEST
        ? await aggregates.load(aggregate, aggregateId, { maxAgeMs: 0 })
        : await aggregates.loadAt(aggregate, aggregateId, sequence);
    const shown = snapshot(loaded);
    if (shown === null) throw new Error(`The journal does not hold ${aggregateId}, which it has just answered with.`);
    return ok(shown);
  };

/** What is wrong with an id that was handed in; null when it has the form of one. */
export const idProblem = (kind: IdKind, id: string): Rejection | null =>
  isId(kind, id) ? null : invalid(`${id.slice(0, 100)} cannot be the id of a ${kind.toLowerCase()}.`);

const runWith =
  <State>(kind: IdKind, aggregate: Aggregate<State>) =>
  async ({ executor }: Pick<CommandParts, 'executor'>, request: Request<State>): Promise<Result<Answer, Rejection>> => {
    const problem = idProblem(kind, request.id) ?? problemOf(request);
    if (problem !== null) return err(problem);
    const { id, isNew = false, decide, context } = request;
    const { traceparent } = context;
    const idempotency = idempotencyOf(request);
    return executor.run({ aggregate, id, isNew, decide, idempotency, causationId: null, traceparent });
  };

export const runOnCart = runWith<Cart>('Cart', cartAggregate);
export const runOnOrder = runWith<OrderFacts>('Order', orderAggregate);
export const runOnProduct = runWith<Product>('Product', productAggregate);
export const runOnDeadLetter = runWith<DeadLetter>('DeadLetter', deadLetterAggregate);
export const answerWithCart = answerWith(cartAggregate, cartSnapshot);
export const answerWithOrder = answerWith(orderAggregate, orderSnapshot);
export const answerWithProduct = answerWith(productAggregate, catalogueEntry);
