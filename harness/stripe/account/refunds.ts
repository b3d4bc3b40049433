import { impossible } from '../http/refusal.ts';
import type { Account } from './account.ts';
import { refundedOf } from './objects.ts';
import type { Charge, Refund } from './records.ts';

interface Asked {
  readonly charge: Charge;
  /** What is left where it is undefined. */
  readonly amount: number | undefined;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** How much may be given back. @throws where it is not so much */
const amountOf = ({ charge, amount }: Asked): number => {
  const left = charge.amount - refundedOf(charge);
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw impossible(message, { code: 'charge_already_refunded' });
  }
  if (charge.dispute !== null && charge.dispute.status !== 'won')
    throw impossible(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  if (amount !== undefined && amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`;
    throw impossible(message, { param: 'amount' });
  }
  return amount ?? left;
};

const end = (account: Account, refund: Refund): void => {
  const isFailed = refund.charge.method.behaviour.refund === 'fails';
  refund.status = isFailed ? 'failed' : 'succeeded';
  account.tell('refund.updated', refund);
  account.tell('charge.refund.updated', refund);
  if (isFailed) account.tell('refund.failed', refund);
};

/** Gives back; some banks take a while to, or find later that they cannot. */
export const refund = (account: Account, asked: Asked): Refund => {
  const { charge, reason, metadata } = asked;
  const amount = amountOf(asked);
  const how = charge.method.behaviour.refund;
  const id = account.newId('re');
  const key = account.request?.key ?? null;
  const status = how === 'pending' ? 'pending' : 'succeeded';
  const made: Refund = { id, charge, created: account.clock.seconds(), amount, reason, metadata, key, status };
  account.refunds.set(id, made);
  charge.refunds.push(made);
  account.tell('refund.created', made);
  account.tell('charge.refunded', charge);
  if (how !== undefined) account.later(account.bankMs, () => end(account, made));
  return made;
};
