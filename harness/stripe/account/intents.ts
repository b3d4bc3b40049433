import { impossible, misfit, noSuch } from '../http/refusal.ts';
import type { Account } from './account.ts';
import { attempt } from './attempt.ts';
import { behaviourOf } from './methods.ts';
import type { Intent, IntentStatus, Method } from './records.ts';

/** A test method's name makes a new payment method each time; an id is the one that it is of. */
export const findMethod = (account: Account, reference: string): Method | undefined => {
  const behaviour = behaviourOf(reference);
  if (behaviour === undefined) return account.methods.get(reference);
  const id = account.newId('pm');
  const method: Method = { id, name: reference, behaviour, created: account.clock.seconds(), paid: null };
  account.methods.set(id, method);
  return method;
};

const USED =
  'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.';

const METHOD = 'payment_method';

/** @throws where it is none, or none for this intent */
export const methodFor = (account: Account, intent: Pick<Intent, 'id' | 'kinds'>, reference: string): Method => {
  const method = findMethod(account, reference);
  if (method === undefined) throw noSuch('PaymentMethod', reference, METHOD);
  if (method.paid !== null && method.paid !== intent.id) throw impossible(USED);
  const { kind } = method.behaviour;
  if (intent.kinds !== null && !intent.kinds.includes(kind))
    throw misfit(`The PaymentMethod provided (${kind}) is not allowed for this PaymentIntent.`, { param: METHOD });
  return method;
};

const unexpected = (what: string, { status }: Intent, allowed: readonly IntentStatus[]) =>
  impossible(
    `You cannot ${what} this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be ${what}ed: ${allowed.join(', ')}.`,
    { code: 'payment_intent_unexpected_state' },
  );

const CONFIRMABLE: readonly IntentStatus[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

const NO_RETURN_URL =
  "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.";

/** @throws where the customer might be sent away, and there is no way back */
export const needReturnUrl = ({ kinds, redirects }: Pick<Intent, 'kinds' | 'redirects'>, url: string | undefined) => {
  if (kinds === null && redirects && url === undefined) throw misfit(NO_RETURN_URL);
};

const NO_METHOD =
  "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";

/** Attempts the payment, with the method that it has unless one is given. @throws a card error where it is declined */
export const confirm = (account: Account, intent: Intent, given: Method | undefined): void => {
  if (!CONFIRMABLE.includes(intent.status)) throw unexpected('confirm', intent, CONFIRMABLE);
  const method = given ?? intent.method;
  if (method === null) throw impossible(NO_METHOD, { code: 'payment_intent_unexpected_state' });
  const key = account.request?.key;
  if (typeof key === 'string' && !intent.keys.includes(key)) intent.keys.push(key);
  attempt(account, intent, method);
};

// What a bank has begun to do goes on.
const CANCELABLE: readonly IntentStatus[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

export const cancel = (account: Account, intent: Intent, reason: string | null): void => {
  if (!CANCELABLE.includes(intent.status)) throw unexpected('cancel', intent, CANCELABLE);
  intent.status = 'canceled';
  intent.canceledAt = account.clock.seconds();
  intent.cancellationReason = reason;
  account.tell('payment_intent.canceled', intent);
};

type Wanted = 'amount' | 'currency' | 'kinds' | 'redirects' | 'metadata' | 'description' | 'isForeign' | 'method';
export type NewIntent = Pick<Intent, Wanted>;

export const createIntent = (account: Account, { method, ...asked }: NewIntent): Intent => {
  const id = account.newId('pi');
  const key = account.request?.key;
  const intent: Intent = {
    ...asked,
    id,
    clientSecret: `${id}_${account.newId('secret')}`,
    created: account.clock.seconds(),
    madeAtMs: account.clock.now(),
    keys: typeof key === 'string' ? [key] : [],
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
    method,
    lastError: null,
    latestCharge: null,
    canceledAt: null,
    cancellationReason: null,
  };
  account.intents.set(id, intent);
  account.tell('payment_intent.created', intent);
  return intent;
};
