import { newId } from '../../src/events/index.ts';
import {
  type ChargeRequest,
  type ChargeResult,
  type PaymentProvider,
  ProviderUnreachable,
} from '../../src/write/index.ts';
import type { Actor } from '../engine/actor.ts';
import type { Link, Scheduler } from '../engine/scheduler.ts';

export interface Charge {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: string;
  readonly isCaptured: boolean;
  readonly isRefunded: boolean;
}

const METHODS = ['pm_card_visa', 'pm_card_chargeDeclined'] as const;

/** What a payment provider remembers, for ever: one charge a key. */
export class ProviderLedger {
  readonly charges = new Map<string, Charge>();

  charge({ idempotencyKey, orderId, amount, currency, paymentMethod }: ChargeRequest): ChargeResult {
    const known = this.charges.get(idempotencyKey);
    const isCaptured = paymentMethod === 'pm_card_visa';
    const charge = known ?? { orderId, amount, currency, isCaptured, paymentId: newId('Payment'), isRefunded: false };
    this.charges.set(idempotencyKey, charge);
    if (charge.isCaptured) return { type: 'Succeeded', paymentId: charge.paymentId };
    return { type: 'Declined', message: 'Your card was declined.' };
  }

  refund(refunded: string): void {
    for (const [key, charge] of this.charges) {
      if (charge.paymentId === refunded) this.charges.set(key, { ...charge, isRefunded: true });
    }
  }
}

/** The provider, as one process reaches it. */
export const memoryProvider = (
  ledger: ProviderLedger,
  { actor, scheduler, fault }: { readonly actor: Actor; readonly scheduler: Scheduler; readonly fault: Link['fault'] },
): PaymentProvider => {
  const link: Link = { fault, failure: () => new ProviderUnreachable('The payment provider cannot be reached.') };
  return {
    accepts: (method) => METHODS.some((known) => known === method),
    charge: (request) => scheduler.request({ actor, label: 'charge', link, effect: () => ledger.charge(request) }),
    refund: ({ paymentId }) =>
      scheduler.request({ actor, label: 'refund', link, effect: () => ledger.refund(paymentId) }),
  };
};
