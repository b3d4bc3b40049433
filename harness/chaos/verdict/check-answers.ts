import { answerOf, type CartAnswer, type Command, type OrderAnswer, subjectOf } from '../shop/index.ts';
import { cartIsNotAsAsked, orderIsNotAsAsked } from './as-asked.ts';
import type { Evidence } from './evidence.ts';
import { describeItems, foldCart, totalMinorOf } from './fold-cart.ts';
import { minorOf } from './money.ts';
import { type Check, type Violation, violationOf } from './violation.ts';

/** Whatever was answered to one key is the same. */
export const equalAnswers: Check = (evidence) =>
  evidence.commands.flatMap((command) => {
    const answers = new Set(
      command.outcomes.flatMap((outcome) => (outcome.type === 'Answered' ? JSON.stringify(outcome.answer) : [])),
    );
    if (answers.size <= 1) return [];
    const subject = subjectOf(command);
    const { message, trail } = violationOf(evidence, [
      '',
      subject,
      `${command.name} ${command.key} was answered differently`,
    ]);
    return [{ invariant: 'I-5', subject, message, trail: [...answers, ...trail] }];
  });

const cartMismatch = (evidence: Evidence, command: Command, answer: CartAnswer): string | null => {
  const events = (evidence.byAggregate.get(answer.id) ?? []).filter(({ version }) => version <= answer.version);
  const folded = foldCart(events);
  if (folded.version !== answer.version) return `version ${answer.version} was answered, ${folded.version} is stored`;
  if (folded.status !== answer.status) return `${answer.status} was answered, the events say ${folded.status}`;
  if (describeItems(folded.items) !== describeItems(answer.items))
    return `"${describeItems(answer.items)}" was answered, the events say "${describeItems(folded.items)}"`;
  if (totalMinorOf(folded.items) !== minorOf(answer.totalAmount.amount)) return 'the total answered is wrong';
  return cartIsNotAsAsked(evidence, command, answer);
};

const orderMismatch = (evidence: Evidence, command: Command, answer: OrderAnswer): string | null => {
  const { name } = command;
  const types = new Set((evidence.byAggregate.get(answer.id) ?? []).map(({ type }) => type));
  if (!types.has('OrderCreated')) return 'the order was answered and is not stored';
  if (name === 'cancelOrder' && !types.has('OrderCancelled')) return 'its cancellation was answered and is not stored';
  if (name === 'payOrder' && !types.has('PaymentRequested')) return 'its payment was answered and is not stored';
  if (totalMinorOf(answer.lines) !== minorOf(answer.totalAmount.amount)) return 'the total answered is wrong';
  return orderIsNotAsAsked(evidence, command, answer);
};

const mismatchOf = (evidence: Evidence, command: Command): Violation | null => {
  const answer = answerOf(command);
  if (answer?.__typename === 'Cart') {
    const mismatch = cartMismatch(evidence, command, answer);
    return mismatch === null
      ? null
      : violationOf(evidence, ['I-2', answer.id, `${command.name} ${command.key}: ${mismatch}`]);
  }
  if (answer?.__typename !== 'Order') return null;
  const mismatch = orderMismatch(evidence, command, answer);
  return mismatch === null
    ? null
    : violationOf(evidence, ['I-2', answer.id, `${command.name} ${command.key}: ${mismatch}`]);
};

/** Whatever was acknowledged is in the event store, with just this effect. */
export const acknowledgedIsStored: Check = (evidence) =>
  evidence.commands.flatMap((command) => mismatchOf(evidence, command) ?? []);

const NEVER = new Set(['INVALID_INPUT', 'IDEMPOTENCY_CONFLICT', 'VERSION_CONFLICT', 'CURRENCY_MISMATCH']);
const isOfItem = ({ name }: Command): boolean => name === 'setCartItemQuantity' || name === 'removeCartItem';

/** Shoppers only name what they were told of: it cannot be unknown. */
export const plausibleRejections: Check = (evidence) =>
  evidence.commands.flatMap((command) => {
    const answer = answerOf(command);
    if (answer?.__typename !== 'Rejection') return [];
    const isPlausible = !NEVER.has(answer.code) && (answer.code !== 'NOT_FOUND' || isOfItem(command));
    if (isPlausible) return [];
    const subject = subjectOf(command);
    return [violationOf(evidence, ['I-2', subject, `${command.name} ${command.key} was rejected: ${answer.code}`])];
  });
