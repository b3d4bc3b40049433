import { cancel, confirm, createIntent, methodFor, type NewIntent, needReturnUrl } from '../account/intents.ts';
import { intentObject } from '../account/objects.ts';
import type { Intent, Method } from '../account/records.ts';
import type { Params } from '../http/form.ts';
import { allowOnly, flagAt, oneOf, requiredInteger, requiredText, textAt, textsAt } from '../http/params.ts';
import { impossible, misfit } from '../http/refusal.ts';
import { type Call, found, type Handler } from './call.ts';
import { listObjects } from './lists.ts';

/** In the currency's smallest unit. Source: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. */
const MINIMA: ReadonlyMap<string, number> = new Map([
  ['eur', 50],
  ['usd', 50],
  ['chf', 50],
  ['gbp', 30],
  ['jpy', 50],
]);
const MAXIMUM = 99_999_999;
const THREE_DECIMALS = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];

const AMOUNT = { param: 'amount' };

const amountOf = (params: Params, currency: string): number => {
  const amount = requiredInteger(params, 'amount');
  if (amount < 1)
    throw misfit('This value must be greater than or equal to 1.', { ...AMOUNT, code: 'parameter_invalid_integer' });
  const minimum = MINIMA.get(currency) ?? 1;
  if (amount < minimum)
    throw misfit(`Amount must be at least ${minimum} ${currency}`, { ...AMOUNT, code: 'amount_too_small' });
  if (amount > MAXIMUM) throw misfit(`Amount must be no more than ${MAXIMUM}`, { ...AMOUNT, code: 'amount_too_large' });
  if (THREE_DECIMALS.includes(currency) && amount % 10 !== 0)
    throw misfit(`Amounts in ${currency} must end in 0: its third decimal is not charged.`, AMOUNT);
  return amount;
};

const currencyOf = (params: Params): string => {
  const currency = requiredText(params, 'currency').toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) throw misfit(`Invalid currency: ${currency}.`, { param: 'currency' });
  return currency;
};

const MAX_METADATA = 50;

const metadataOf = (params: Params): Readonly<Record<string, string>> => {
  const metadata = textsAt(params, 'metadata');
  if (Object.keys(metadata).length > MAX_METADATA)
    throw misfit('Metadata can have up to 50 keys.', { param: 'metadata' });
  for (const [key, value] of Object.entries(metadata))
    if (key.length > 40 || value.length > 500) throw misfit(`Metadata ${key} is too long.`, { param: 'metadata' });
  return metadata;
};

const OLD_KINDS = 'payment_method_types';

/** Source: https://docs.stripe.com/changelog, 2026-09-30.endive. */
const kindsOf = (params: Params): readonly string[] | null => {
  if (params[OLD_KINDS] !== undefined) {
    const code = 'payment_method_types_no_longer_supported';
    throw misfit(`${OLD_KINDS} cannot be specified: see allowed_payment_method_types.`, { code, param: OLD_KINDS });
  }
  const kinds = Object.values(textsAt(params, 'allowed_payment_method_types'));
  return kinds.length === 0 ? null : kinds;
};

const CONFIRMING = ['return_url', 'off_session', 'error_on_requires_action', 'mandate_data', 'use_stripe_sdk'];
const CREATING = ['amount', 'currency', 'automatic_payment_methods', 'confirm', 'description', 'metadata'];
const KINDS = ['payment_method', OLD_KINDS, 'allowed_payment_method_types', 'excluded_payment_method_types'];
/** Accepted, and of no consequence here. */
const IGNORED = ['expand', 'statement_descriptor_suffix', 'receipt_email', 'shipping', 'payment_method_options'];

const methodIn = ({ account, params }: Call, intent: Pick<Intent, 'id' | 'kinds'>): Method | undefined => {
  const reference = textAt(params, 'payment_method');
  return reference === undefined ? undefined : methodFor(account, intent, reference);
};

const wantedBy = (call: Call): NewIntent => {
  const { params } = call;
  const currency = currencyOf(params);
  const kinds = kindsOf(params);
  return {
    currency,
    amount: amountOf(params, currency),
    kinds,
    redirects: oneOf(params, 'automatic_payment_methods.allow_redirects', ['always', 'never']) !== 'never',
    metadata: metadataOf(params),
    description: textAt(params, 'description') ?? null,
    isForeign: false,
    method: methodIn(call, { id: '', kinds }) ?? null,
  };
};

const create: Handler = (call) => {
  const { account, params } = call;
  allowOnly(params, [...CREATING, ...KINDS, ...CONFIRMING, ...IGNORED]);
  const wanted = wantedBy(call);
  if (!flagAt(params, 'confirm')) return intentObject(createIntent(account, wanted));
  needReturnUrl(wanted, textAt(params, 'return_url'));
  const intent = createIntent(account, wanted);
  confirm(account, intent, undefined);
  return intentObject(intent);
};

const intentOf = ({ account, id }: Call): Intent => found(account.intents, 'payment_intent', id);

const confirmIt: Handler = (call) => {
  const { account, params } = call;
  allowOnly(params, ['payment_method', ...CONFIRMING, ...IGNORED]);
  const intent = intentOf(call);
  needReturnUrl(intent, textAt(params, 'return_url'));
  confirm(account, intent, methodIn(call, intent));
  return intentObject(intent);
};

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const;

const cancelIt: Handler = (call) => {
  const { account, params } = call;
  allowOnly(params, ['cancellation_reason', 'expand']);
  const intent = intentOf(call);
  cancel(account, intent, oneOf(params, 'cancellation_reason', REASONS) ?? null);
  return intentObject(intent);
};

const update: Handler = (call) => {
  const { params } = call;
  allowOnly(params, ['metadata', 'description', 'expand']);
  const intent = intentOf(call);
  if (intent.status === 'canceled') throw impossible('This PaymentIntent was canceled.');
  intent.metadata = { ...intent.metadata, ...metadataOf(params) };
  intent.description = textAt(params, 'description') ?? intent.description;
  return intentObject(intent);
};

const retrieve: Handler = (call) => {
  allowOnly(call.params, ['client_secret', 'expand']);
  return intentObject(intentOf(call));
};

const list: Handler = ({ account, params }) =>
  listObjects(params, {
    url: '/v1/payment_intents',
    items: account.intents.values(),
    filters: { customer: () => false },
  });

/** Source: https://docs.stripe.com/api/payment_intents. */
export const paymentIntents = { create, confirm: confirmIt, cancel: cancelIt, update, retrieve, list };
