import { closeDispute } from '../account/disputes.ts';
import { findMethod } from '../account/intents.ts';
import { objectOf } from '../account/objects.ts';
import type { Charge } from '../account/records.ts';
import { refund } from '../account/refunds.ts';
import { allowOnly, integerAt, oneOf, requiredText, textAt, textsAt } from '../http/params.ts';
import { impossible, misfit, noSuch, notFound } from '../http/refusal.ts';
import { type Call, found, type Handler } from './call.ts';
import { listObjects, listOf } from './lists.ts';

const retrieveMethod: Handler = ({ account, params, id }) => {
  allowOnly(params, ['expand']);
  const method = findMethod(account, id);
  if (method === undefined) throw notFound('PaymentMethod', id, 'payment_method');
  return objectOf(method);
};

const chargeToRefund = ({ account, params }: Call): Charge => {
  const chargeId = textAt(params, 'charge');
  const intentId = chargeId === undefined ? requiredText(params, 'payment_intent') : undefined;
  const intent = intentId === undefined ? undefined : account.intents.get(intentId);
  if (intentId !== undefined && intent === undefined) throw noSuch('payment_intent', intentId, 'payment_intent');
  const charge = account.charges.get(chargeId ?? intent?.latestCharge ?? '');
  if (charge === undefined && chargeId !== undefined) throw noSuch('charge', chargeId, 'charge');
  if (charge?.status === 'succeeded') return charge;
  throw impossible(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`);
};

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

const createRefund: Handler = (call) => {
  const { account, params } = call;
  allowOnly(params, ['payment_intent', 'charge', 'amount', 'reason', 'metadata', 'expand']);
  const amount = integerAt(params, 'amount');
  if (amount !== undefined && amount < 1)
    throw misfit('This value must be greater than or equal to 1.', { param: 'amount' });
  const reason = oneOf(params, 'reason', REASONS) ?? null;
  return objectOf(
    refund(account, { charge: chargeToRefund(call), amount, reason, metadata: textsAt(params, 'metadata') }),
  );
};

const retrieveRefund: Handler = ({ account, id }) => objectOf(found(account.refunds, 'refund', id));

const listRefunds: Handler = ({ account, params }) =>
  listObjects(params, {
    url: '/v1/refunds',
    items: account.refunds.values(),
    filters: {
      payment_intent: (item, id) => item.charge.intent.id === id,
      charge: (item, id) => item.charge.id === id,
    },
  });

const retrieveCharge: Handler = ({ account, id }) => objectOf(found(account.charges, 'charge', id));

const listCharges: Handler = ({ account, params }) =>
  listObjects(params, {
    url: '/v1/charges',
    items: account.charges.values(),
    filters: { payment_intent: (item, id) => item.intent.id === id, customer: () => false },
  });

const retrieveDispute: Handler = ({ account, id }) => objectOf(found(account.disputes, 'dispute', id));

const closeIt: Handler = ({ account, id }) => {
  const dispute = found(account.disputes, 'dispute', id);
  if (!closeDispute(account, dispute, 'lost')) throw impossible('This dispute is already closed.');
  return objectOf(dispute);
};

const listDisputes: Handler = ({ account, params }) =>
  listObjects(params, {
    url: '/v1/disputes',
    items: account.disputes.values(),
    filters: {
      payment_intent: (item, id) => item.charge.intent.id === id,
      charge: (item, id) => item.charge.id === id,
    },
  });

const retrieveEvent: Handler = ({ account, id }) => ({ ...found(account.events, 'event', id).body });

const listEvents: Handler = ({ account, params: { types, ...params } }) => {
  const wanted = Object.values(textsAt(types === undefined ? {} : { types }, 'types'));
  const events = [...account.events.values()];
  return listOf(params, {
    url: '/v1/events',
    items: wanted.length === 0 ? events : events.filter(({ type }) => wanted.includes(type)),
    filters: { type: ({ type }, word) => (word.endsWith('.*') ? type.startsWith(word.slice(0, -1)) : type === word) },
    shown: ({ body }) => ({ ...body }),
  });
};

export const paymentMethods = { retrieve: retrieveMethod };
export const refunds = { create: createRefund, retrieve: retrieveRefund, list: listRefunds };
export const charges = { retrieve: retrieveCharge, list: listCharges };
export const disputes = { retrieve: retrieveDispute, close: closeIt, list: listDisputes };
export const events = { retrieve: retrieveEvent, list: listEvents };
