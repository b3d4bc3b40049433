import type { Account } from './account.ts';
import type { Charge, Dispute } from './records.ts';

/** The customer's bank takes a payment back, and asks why it should not. Null where there is one already. */
export const openDispute = (account: Account, charge: Charge, reason: string): Dispute | null => {
  if (charge.status !== 'succeeded' || charge.dispute !== null) return null;
  const created = account.clock.seconds();
  const dispute: Dispute = { id: account.newId('dp'), charge, created, reason, status: 'needs_response' };
  account.disputes.set(dispute.id, dispute);
  charge.dispute = dispute;
  account.tell('charge.dispute.created', dispute);
  account.tell('charge.dispute.funds_withdrawn', dispute);
  return dispute;
};

/** The bank has decided. */
export const closeDispute = (account: Account, dispute: Dispute, status: 'won' | 'lost'): boolean => {
  if (dispute.status !== 'needs_response') return false;
  dispute.status = status;
  if (status === 'won') account.tell('charge.dispute.funds_reinstated', dispute);
  account.tell('charge.dispute.closed', dispute);
  return true;
};
