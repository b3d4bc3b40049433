/** The types of events, by the stream that carries them; docs/events.md says what each is. */
export const EVENT_TYPES: Readonly<Record<string, readonly string[]>> = {
  'ecommerce.carts.events': [
    'CartCreated',
    'CartItemAdded',
    'CartItemQuantityChanged',
    'CartItemRemoved',
    'CartCheckedOut',
    'CartMerged',
    'CartLinesMerged',
    'VisitClaimed',
  ],
  'ecommerce.orders.events': [
    'OrderCreated',
    'OrderConfirmed',
    'OrderRejected',
    'OrderCancelled',
    'StockReserved',
    'StockReservationFailed',
  ],
  'ecommerce.payments.events': [
    'PaymentRequested',
    'PaymentPending',
    'PaymentSucceeded',
    'PaymentFailed',
    'PaymentRefunded',
    'PaymentDisputed',
    'StockCompensated',
  ],
  'ecommerce.inventory.events': ['ProductUpserted', 'StockAdjusted'],
  'ecommerce.operations.events': ['DeadLetterRetried', 'DeadLetterDiscarded'],
};
