import { type Envelope, PRODUCERS } from '../../../src/events/index.ts';
import type { Answered } from '../shop/history.ts';
import { has, ordersOf } from './told.ts';
import type { Ended, Rule, Violation } from './violation.ts';

/** Of a customer who gives none. */
const CANCELLED_BY_CUSTOMER = 'cancelled by the customer';

/** What an event needs to have a right to be there. */
type Right = (envelope: Envelope, ended: Ended) => boolean;

const isAnswered =
  (fits: (answer: Answered, envelope: Envelope) => boolean): Right =>
  (envelope, { history }) =>
    history.answers.some((answer) => answer.id === envelope.aggregateId && fits(answer, envelope));

const atItsVersion = (command: string): Right =>
  isAnswered((answer, { version }) => answer.command === command && answer.version === version);

const isPaymentAsked = isAnswered(
  ({ command, asked }) => command === 'payOrder' || (command === 'checkOut' && asked.paymentMethod != null),
);

const isCancellationAsked = isAnswered(({ command }) => command === 'cancelOrder');

/** The provider declines, not panier: and a method that was to be declined. */
const isDeclined: Right = ({ aggregateId }, { provider }) =>
  [...provider.charges.values()].some(
    ({ orderId, outcome, isKnown }) => orderId === aggregateId && outcome === 'Declined' && isKnown,
  );

const isRefused: Right = ({ aggregateId }, { told }) =>
  ordersOf(told).some((story) => story.id === aggregateId && has(story, 'StockReservationFailed'));

const RIGHTS: Readonly<Record<string, Right>> = {
  CartCreated: atItsVersion('createCart'),
  CartItemAdded: atItsVersion('addCartItem'),
  CartItemQuantityChanged: atItsVersion('addCartItem'),
  OrderCreated: isAnswered(({ command }) => command === 'checkOut'),
  PaymentRequested: isPaymentAsked,
  // For any other reason an order is cancelled by what strangers said of it, or an inventory did not say.
  OrderCancelled: (envelope, ended) =>
    envelope.data['reason'] !== CANCELLED_BY_CUSTOMER || isCancellationAsked(envelope, ended),
  PaymentFailed: (envelope, ended) => envelope.data['reason'] !== 'PAYMENT_DECLINED' || isDeclined(envelope, ended),
  OrderRejected: isRefused,
};

/** I-1: nothing happens that nobody asked for, and no "no" is told for which there is no reason. */
export const nothingUnasked: Rule = (ended) =>
  ended.told
    .map(({ envelope }) => envelope)
    .filter(({ producer }) => producer === PRODUCERS.api)
    .flatMap((envelope): readonly Violation[] => {
      const { type, version, aggregateId } = envelope;
      if (RIGHTS[type]?.(envelope, ended) ?? true) return [];
      return [{ rule: 'nothing unasked', what: `nobody asked for ${type} v${version}`, aggregateId }];
    });

/** By which codes a shopper may be told "no". */
const PLAUSIBLE: Readonly<Record<string, readonly string[]>> = {
  addCartItem: ['CART_MERGED'],
  checkOut: ['CART_MERGED'],
  payOrder: ['ORDER_CLOSED'],
  cancelOrder: ['ORDER_CLOSED'],
};

/** A payment that strangers tell of leaves nothing to be paid, and the order may still await its stock. */
const isPaidElsewhere = ({ asked, text }: Answered, { foreign }: Ended): boolean =>
  text === 'PAYMENT_IN_PROGRESS' &&
  foreign.some(({ envelope }) => envelope.type === 'PaymentSucceeded' && envelope.aggregateId === asked.orderId);

const isPlausible = (answer: Answered, ended: Ended): boolean =>
  (PLAUSIBLE[answer.command]?.includes(answer.text) ?? false) || isPaidElsewhere(answer, ended);

/** Shoppers only ask for what they may: their carts are merged behind their backs, and their orders come to an end. */
export const refusalsArePlausible: Rule = (ended) =>
  ended.history.answers
    .filter((answer) => !answer.asked.isMistake && answer.text !== 'ok' && !isPlausible(answer, ended))
    .map(({ command, key, text }) => ({ rule: 'refusals are plausible', what: `${command} ${key}: ${text}` }));
