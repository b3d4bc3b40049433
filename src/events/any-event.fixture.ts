import fc, { type Arbitrary } from 'fast-check';
import { type DomainEvent, type EventType, MAX_QUANTITY, MAX_STOCK } from './catalogue.ts';
import { ID_PREFIXES, type IdKind } from './ids.ts';

const characters = (from: string) => fc.constantFrom(...Array.from(from));
const identifier = fc.string({ unit: characters('aZ09_.:-'), minLength: 1, maxLength: 100 });
/** An id of this kind, as any service may have chosen it. */
const idOf = (kind: IdKind) =>
  fc.string({ unit: characters('aZ09_.:-'), minLength: 1, maxLength: 90 }).map((rest) => ID_PREFIXES[kind] + rest);
const productId = idOf('Product');
const text = fc.string({ unit: 'grapheme', maxLength: 50 }).filter((value) => !value.includes('\0'));
const methodKind = fc.option(fc.constantFrom('CARD', 'UNKNOWN', 'BANK_DEBIT'), { nil: null });
const nullableText = fc.option(text, { nil: null });
/** With a field that came later, or without it. */
const withReason = <T extends object>(data: fc.Arbitrary<T>) =>
  fc
    .tuple(data, fc.option(text, { nil: null }))
    .map(([given, reason]) => (reason === null ? given : { ...given, reason }));
const quantity = fc.integer({ min: 1, max: MAX_QUANTITY });
const digits = (maxLength: number) => fc.string({ unit: characters('0123456789'), minLength: 1, maxLength });
const decimal = fc.oneof(
  digits(15),
  fc.tuple(digits(15), digits(6)).map(([whole, fraction]) => `${whole}.${fraction}`),
);
const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
const instant = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const lines = fc.array(fc.record({ productId, quantity }), { maxLength: 5 });
const pricedLines = fc.array(fc.record({ productId, quantity, unitPrice: decimal }), { maxLength: 5 });
const shortages = fc.array(fc.record({ productId, requested: quantity, available: fc.nat({ max: MAX_STOCK }) }), {
  maxLength: 5,
});
const orderId = idOf('Order');
const deadLetter = {
  deadLetterId: idOf('DeadLetter'),
  consumerGroup: identifier,
  stream: identifier,
  entryId: identifier,
};
const payment = { orderId, paymentId: identifier, amount: decimal, currency };

const DATA: Readonly<Record<EventType, Arbitrary<unknown>>> = {
  CartCreated: fc.record({ customerId: nullableText, sessionId: nullableText, currency }),
  CartItemAdded: fc.record({ cartItemId: identifier, productId, quantity, unitPrice: decimal }),
  CartItemQuantityChanged: fc.record({ cartItemId: identifier, quantity }),
  CartItemRemoved: fc.record({ cartItemId: identifier }),
  CartCheckedOut: fc.record({ orderId, totalAmount: decimal }),
  CartMerged: fc.record({ intoCartId: idOf('Cart') }),
  CartLinesMerged: fc.record({
    fromCartId: idOf('Cart'),
    lines: fc.array(fc.record({ cartItemId: identifier, productId, quantity, unitPrice: decimal }), { maxLength: 5 }),
  }),
  VisitClaimed: fc.record({ visitorId: idOf('Visit'), customerId: text }),
  OrderCreated: fc.record({
    orderId,
    cartId: idOf('Cart'),
    customerId: nullableText,
    sessionId: nullableText,
    currency,
    lines: pricedLines,
    totalAmount: decimal,
    methodKind,
  }),
  OrderConfirmed: fc.record({ orderId }),
  OrderRejected: fc.record({ orderId, reason: text }),
  OrderCancelled: fc.record({ orderId, reason: text }),
  StockReserved: fc.record({ orderId, ok: fc.constant(true), lines, expiresAt: instant }),
  StockReservationFailed: fc.record({ orderId, ok: fc.constant(false), shortages }),
  PaymentRequested: withReason(
    fc.record({ orderId, amount: decimal, currency, methodKind, attempt: fc.integer({ min: 1, max: 1_000 }) }),
  ),
  PaymentPending: fc.record({ orderId, waitsFor: fc.constantFrom('PROVIDER', 'CUSTOMER') }),
  PaymentSucceeded: fc.record(payment),
  PaymentFailed: fc.record({ orderId, reason: text, message: text }),
  PaymentRefunded: fc.record({ ...payment, reason: text }),
  PaymentDisputed: fc.record({
    ...payment,
    disputeId: identifier,
    reason: fc.constantFrom('FRAUDULENT', 'OTHER'),
    status: fc.constantFrom('OPEN', 'WON', 'LOST', 'CLOSED'),
  }),
  StockCompensated: fc.record({ orderId, lines }),
  ProductUpserted: fc.record({ productId, name: text, price: decimal, currency }),
  StockAdjusted: fc.record({
    productId,
    delta: fc.integer({ min: -MAX_STOCK, max: MAX_STOCK }),
    reason: nullableText,
  }),
  DeadLetterRetried: withReason(fc.record(deadLetter)),
  DeadLetterDiscarded: fc.record({ ...deadLetter, reason: text }),
};

/** Any event that the catalogue allows of a type. */
export const anyEventOf = (type: EventType): Arbitrary<DomainEvent> =>
  DATA[type].map((data) => ({ type, data }) as DomainEvent);

export const EVENT_TYPES = Object.keys(DATA) as readonly EventType[];
