import type { Charge, Dispute, Happening, Intent, Method, Refund } from './records.ts';

/** An object of the API as it is answered. */
export type ApiObject = Readonly<Record<string, unknown>>;

const CARD_DETAILS = { brand: 'visa', country: 'US', exp_month: 12, exp_year: 2034, funding: 'credit', last4: '4242' };

const detailsOf = ({ behaviour }: Method): ApiObject =>
  behaviour.kind === 'card' ? { card: CARD_DETAILS } : { [behaviour.kind]: { last4: '3000' } };

export const methodObject = (method: Method): ApiObject => ({
  id: method.id,
  object: 'payment_method',
  billing_details: { address: null, email: null, name: null, phone: null },
  created: method.created,
  customer: null,
  livemode: false,
  metadata: {},
  type: method.behaviour.kind,
  ...detailsOf(method),
});

const nextActionOf = ({ id, status }: Intent): ApiObject | null =>
  status === 'requires_action'
    ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', source: `src_of_${id}` } }
    : null;

const receivedOf = ({ status, amount }: Intent): number => (status === 'succeeded' ? amount : 0);

export const intentObject = (intent: Intent): ApiObject => ({
  id: intent.id,
  object: 'payment_intent',
  amount: intent.amount,
  amount_capturable: 0,
  amount_received: receivedOf(intent),
  allowed_payment_method_types: intent.kinds,
  automatic_payment_methods: { enabled: true, allow_redirects: intent.redirects ? 'always' : 'never' },
  canceled_at: intent.canceledAt,
  cancellation_reason: intent.cancellationReason,
  capture_method: 'automatic_async',
  client_secret: intent.clientSecret,
  confirmation_method: 'automatic',
  created: intent.created,
  currency: intent.currency,
  customer: null,
  description: intent.description,
  last_payment_error: intent.lastError,
  latest_charge: intent.latestCharge,
  livemode: false,
  metadata: intent.metadata,
  next_action: nextActionOf(intent),
  payment_method: intent.method?.id ?? null,
  payment_method_types: intent.kinds ?? ['card', 'sepa_debit', 'us_bank_account'],
  processing: null,
  receipt_email: null,
  setup_future_usage: null,
  status: intent.status,
});

/** How much of a charge was given back, for good or so far. */
export const refundedOf = ({ refunds }: Charge): number =>
  refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0);

const chargeObject = (charge: Charge): ApiObject => {
  const refunded = refundedOf(charge);
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_captured: charge.status === 'succeeded' ? charge.amount : 0,
    amount_refunded: refunded,
    captured: charge.status === 'succeeded',
    created: charge.created,
    currency: charge.intent.currency,
    description: charge.intent.description,
    disputed: charge.dispute !== null,
    failure_code: charge.decline?.code ?? null,
    failure_message: charge.decline?.message ?? null,
    livemode: false,
    metadata: charge.intent.metadata,
    paid: charge.status === 'succeeded',
    payment_intent: charge.intent.id,
    payment_method: charge.method.id,
    payment_method_details: { type: charge.method.behaviour.kind, ...detailsOf(charge.method) },
    refunded: refunded > 0 && refunded === charge.amount,
    status: charge.status,
  };
};

const refundObject = (refund: Refund): ApiObject => ({
  id: refund.id,
  object: 'refund',
  amount: refund.amount,
  charge: refund.charge.id,
  created: refund.created,
  currency: refund.charge.intent.currency,
  metadata: refund.metadata,
  payment_intent: refund.charge.intent.id,
  reason: refund.reason,
  status: refund.status,
  ...(refund.status === 'failed' && { failure_reason: 'lost_or_stolen_card' }),
});

const disputeObject = (dispute: Dispute): ApiObject => ({
  id: dispute.id,
  object: 'dispute',
  amount: dispute.charge.amount,
  charge: dispute.charge.id,
  created: dispute.created,
  currency: dispute.charge.intent.currency,
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: dispute.charge.intent.id,
  reason: dispute.reason,
  status: dispute.status,
});

/** An object as the API answers it. */
export const objectOf = (about: Happening): ApiObject => {
  if ('clientSecret' in about) return intentObject(about);
  if ('intent' in about) return chargeObject(about);
  if ('behaviour' in about) return methodObject(about);
  return 'amount' in about ? refundObject(about) : disputeObject(about);
};
