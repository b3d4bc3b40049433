import { cardError, type ErrorObject } from '../http/refusal.ts';
import type { Account } from './account.ts';
import { openDispute } from './disputes.ts';
import type { Decline } from './methods.ts';
import { intentObject, methodObject } from './objects.ts';
import type { Charge, Intent, Method } from './records.ts';

const SLOW = 20;

interface Attempt {
  readonly intent: Intent;
  readonly method: Method;
}

const newCharge = (account: Account, { intent, method }: Attempt, status: Charge['status']): Charge => {
  const id = account.newId('ch');
  const created = account.clock.seconds();
  const { amount } = intent;
  const unpaid = { refunds: [], dispute: null, decline: null, paidAtMs: null };
  const charge: Charge = { id, intent, method, created, amount, status, ...unpaid };
  account.charges.set(id, charge);
  intent.latestCharge = id;
  return charge;
};

const chargeOf = (account: Account, attempt: Attempt): Charge => {
  const open = account.charges.get(attempt.intent.latestCharge ?? '');
  return open?.status === 'pending' ? open : newCharge(account, attempt, 'pending');
};

/** Money has moved. */
export const succeed = (account: Account, attempt: Attempt, isDisputed: boolean): void => {
  const { intent, method } = attempt;
  const charge = chargeOf(account, attempt);
  charge.status = 'succeeded';
  charge.paidAtMs = account.clock.now();
  method.paid = intent.id;
  intent.status = 'succeeded';
  intent.lastError = null;
  account.tell('charge.succeeded', charge);
  account.tell('payment_intent.succeeded', intent);
  if (isDisputed) openDispute(account, charge, 'fraudulent');
};

const errorOf = ({ code, declineCode, message }: Decline, charge: Charge): ErrorObject => ({
  type: 'card_error',
  code,
  ...(declineCode !== undefined && { decline_code: declineCode }),
  message,
  charge: charge.id,
  payment_method: methodObject(charge.method),
});

/** No money has moved; the intent may be attempted again, with another method. */
const fail = (account: Account, attempt: Attempt, decline: Decline): ErrorObject => {
  const charge = chargeOf(account, attempt);
  charge.status = 'failed';
  charge.decline = decline;
  const error = errorOf(decline, charge);
  giveBackMethod(attempt.intent, error);
  account.tell('charge.failed', charge);
  account.tell('payment_intent.payment_failed', attempt.intent);
  return error;
};

const giveBackMethod = (intent: Intent, error: ErrorObject): void => {
  intent.status = 'requires_payment_method';
  intent.method = null;
  intent.lastError = error;
};

/** What the method comes to. @throws a card error where it is declined */
const conclude = (account: Account, attempt: Attempt): void => {
  const { end } = attempt.method.behaviour;
  if (end.type === 'Succeeds') succeed(account, attempt, end.isDisputed === true);
  if (end.type !== 'Fails') return;
  const { type: _, ...error } = fail(account, attempt, end.decline);
  throw cardError({ ...error, payment_intent: intentObject(attempt.intent) });
};

/** A bank has decided, if it ever does; `outcome` where somebody has decided for it. */
export const settle = (account: Account, intent: Intent, outcome?: 'succeeded' | 'failed'): boolean => {
  if (intent.status !== 'processing' || intent.method === null) return false;
  const attempt = { intent, method: intent.method };
  const { end } = intent.method.behaviour;
  if (end.type === 'Fails' && outcome !== 'succeeded') fail(account, attempt, end.decline);
  else if (outcome === 'failed') fail(account, attempt, { code: 'payment_intent_payment_attempt_failed', message: '' });
  else if (end.type === 'Succeeds' || outcome === 'succeeded') succeed(account, attempt, 'isDisputed' in end);
  return true;
};

const startProcessing = (account: Account, attempt: Attempt): void => {
  const { intent } = attempt;
  intent.status = 'processing';
  const charge = newCharge(account, attempt, 'pending');
  account.tell('charge.pending', charge);
  account.tell('payment_intent.processing', intent);
  const { isSlow } = attempt.method.behaviour;
  account.later(account.bankMs * (isSlow ? SLOW : 1), () => void settle(account, intent));
};

/** Attempts the payment: the intent has a status of its own after it. @throws a card error where it is declined */
export const attempt = (account: Account, intent: Intent, method: Method): void => {
  intent.method = method;
  const { waitsFor } = method.behaviour;
  if (waitsFor === 'bank') return startProcessing(account, { intent, method });
  if (waitsFor !== 'customer') return conclude(account, { intent, method });
  intent.status = 'requires_action';
  account.tell('payment_intent.requires_action', intent);
};

const UNAUTHENTICATED = {
  type: 'invalid_request_error',
  code: 'payment_intent_authentication_failure',
  message:
    'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
} as const;

/** The customer has done at the bank's page what was asked, or has refused it. False where nothing was asked. */
export const act = (account: Account, intent: Intent, isRefused: boolean): boolean => {
  const { status, method } = intent;
  if (status !== 'requires_action' || method === null) return false;
  if (isRefused) {
    giveBackMethod(intent, { ...UNAUTHENTICATED, payment_method: methodObject(method) });
    account.tell('payment_intent.payment_failed', intent);
    return true;
  }
  const { end } = method.behaviour;
  if (end.type === 'Fails') fail(account, { intent, method }, end.decline);
  else succeed(account, { intent, method }, end.type === 'Succeeds' && end.isDisputed === true);
  return true;
};
