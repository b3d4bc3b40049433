import { answerOf, type Command, isUnknown } from '../shop/index.ts';
import type { Evidence } from './evidence.ts';
import { type OrderStory, storiesOf } from './order-story.ts';
import { type Check, violationOf } from './violation.ts';

/** Whether it was done, or may have been without anybody having been told. */
const mayBeDone = (command: Command): boolean => answerOf(command)?.__typename === 'Order' || isUnknown(command);

/** The carts and orders for which that was asked. */
const askedOf = ({ commands }: Evidence, isThat: (command: Command) => boolean): ReadonlySet<string | undefined> =>
  new Set(
    commands
      .filter((command) => isThat(command) && mayBeDone(command))
      .map(({ input: { cartId, orderId } }) => orderId ?? cartId),
  );

type Problem = (story: OrderStory) => string | null;

const unaskedPayment = (evidence: Evidence): Problem => {
  const asked = askedOf(
    evidence,
    ({ name, input }) => name === 'payOrder' || (name === 'checkout' && input.paymentMethod !== undefined),
  );
  return (story) => {
    const cartId = story.of('OrderCreated')[0]?.data.cart_id;
    if (!story.has('PaymentRequested') || asked.has(story.id) || asked.has(cartId)) return null;
    return 'a payment that nobody asked for';
  };
};

/** An inventory elsewhere that does not answer in time ends an order as well: then nothing was taken for it. */
const unaskedCancellation = (evidence: Evidence): Problem => {
  const asked = askedOf(evidence, ({ name }) => name === 'cancelOrder');
  return (story) => {
    if (!story.has('OrderCancelled') || asked.has(story.id)) return null;
    if (evidence.foreign !== null && story.has('StockCompensated') && !story.has('StockReserved')) return null;
    return 'a cancellation that nobody asked for';
  };
};

/** The provider declines, not panier: and it declines a method that it knows. */
const unfoundedDecline = ({ charges }: Evidence): Problem => {
  const declined = new Set(
    charges
      .filter(({ outcome, behaviour }) => outcome === 'declined' && behaviour !== 'unknown')
      .map(({ order_id }) => order_id),
  );
  return (story) => {
    const isDeclined = story.of('PaymentFailed').some(({ data }) => data.reason === 'PAYMENT_DECLINED');
    return isDeclined && !declined.has(story.id) ? 'a decline that the provider knows nothing of' : null;
  };
};

const unfoundedRejection = (): Problem => (story) =>
  story.has('OrderRejected') && !story.has('StockReservationFailed') ? 'rejected, though stock was not refused' : null;

const PROBLEMS: readonly ((evidence: Evidence) => Problem)[] = [
  unaskedPayment,
  unaskedCancellation,
  unfoundedDecline,
  unfoundedRejection,
];

/** Nothing happens to an order that nobody asked for, and nobody is told a "no" for which there is no reason. */
export const nothingUnasked: Check = (evidence) => {
  const problems = PROBLEMS.map((problem) => problem(evidence));
  return storiesOf(evidence).flatMap((story) =>
    problems.flatMap((problem) => {
      const message = problem(story);
      return message === null ? [] : [violationOf(evidence, ['I-1', story.id, message])];
    }),
  );
};

/** Shoppers ask for what is theirs, and in the form that is wanted: a lost race is all that may be held against them. */
export const onlyConflictsRefuse: Check = (evidence) =>
  evidence.commands.flatMap((command) => {
    const codes = command.outcomes.flatMap((outcome) => (outcome.type === 'Refused' ? outcome.code : []));
    const wrong = new Set(codes.filter((code) => code !== 'CONFLICT'));
    const { name, key, input } = command;
    return [...wrong].map((code) => {
      const subject = input.orderId ?? input.cartId ?? key;
      return violationOf(evidence, ['I-2', subject, `${name} ${key} was refused: ${code}`]);
    });
  });
