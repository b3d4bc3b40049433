import { newId } from '../../../src/events/index.ts';
import { assertNever } from '../../../src/platform/index.ts';
import {
  type CancelRequest,
  type ChargeRequest,
  type ChargeResult,
  type PaymentProvider,
  ProviderUnreachable,
  type RefundRequest,
  type Tell,
} from '../../../src/write/index.ts';
import type { Actor } from '../engine/actor.ts';
import type { Link, Scheduler } from '../engine/scheduler.ts';

type Outcome = ChargeResult['type'];

export interface Charge {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: string;
  readonly outcome: Outcome;
  readonly isRefunded: boolean;
  /** Whether it was asked with a method that there is. */
  readonly isKnown: boolean;
}

const METHODS: ReadonlyMap<string, Outcome> = new Map([
  ['pm_card_visa', 'Succeeded'],
  ['pm_card_chargeDeclined', 'Declined'],
  ['pm_pending', 'Pending'],
  ['pm_card_authenticationRequired', 'ActionRequired'],
]);

const isFinal = (outcome: Outcome): boolean => outcome === 'Succeeded' || outcome === 'Declined';

/** What a payment provider remembers, for ever: one charge a key. */
export class ProviderLedger {
  readonly charges = new Map<string, Charge>();

  charge({ paymentMethod, ...request }: ChargeRequest): ChargeResult {
    this.#remember(request, METHODS.get(paymentMethod) ?? null);
    return this.status(request.idempotencyKey);
  }

  /** A charge that nobody has asked for yet is declined from now on, too. */
  cancel(request: CancelRequest): ChargeResult {
    this.#remember(request, null);
    return this.end(request.idempotencyKey, 'Declined');
  }

  /** Of no method that there is it is declined. */
  #remember({ idempotencyKey, orderId, amount, currency }: CancelRequest, outcome: Outcome | null): void {
    const behaviour = { outcome: outcome ?? 'Declined', isKnown: outcome !== null };
    const asked = { orderId, amount, currency, ...behaviour, paymentId: newId('Payment'), isRefunded: false };
    if (!this.charges.has(idempotencyKey)) this.charges.set(idempotencyKey, asked);
  }

  status(key: string): ChargeResult {
    const charge = this.charges.get(key);
    if (charge === undefined) throw new ProviderUnreachable(`There is no charge ${key}.`);
    switch (charge.outcome) {
      case 'Succeeded':
        return { type: 'Succeeded', paymentId: charge.paymentId };
      case 'Declined':
        return { type: 'Declined', message: 'Your card was declined.' };
      case 'Pending':
        return { type: 'Pending' };
      case 'ActionRequired':
        return { type: 'ActionRequired', nextAction: { type: 'Confirm', clientSecret: key } };
    }
    return assertNever(charge.outcome);
  }

  /** The end of a charge that had none. */
  end(key: string, outcome: 'Succeeded' | 'Declined'): ChargeResult {
    const charge = this.charges.get(key);
    if (charge !== undefined && !isFinal(charge.outcome)) this.charges.set(key, { ...charge, outcome });
    return this.status(key);
  }

  /** What is pending by itself comes to its end by itself. */
  clear(key: string): ChargeResult {
    return this.charges.get(key)?.outcome === 'Pending' ? this.end(key, 'Succeeded') : this.status(key);
  }

  refund({ paymentId, orderId }: RefundRequest): void {
    for (const [key, charge] of this.charges) {
      if (charge.paymentId === paymentId && charge.orderId === orderId)
        this.charges.set(key, { ...charge, isRefunded: true });
    }
  }
}

interface Reaching {
  readonly actor: Actor;
  readonly scheduler: Scheduler;
  readonly fault: Link['fault'];
  readonly tell: Tell;
}

const TELLS_AFTER_MS = [5, 400, 1_500];

/** The provider, as one process reaches it. What it tells by itself comes early, late and again; or, lost, not at all. */
export const memoryProvider = (
  ledger: ProviderLedger,
  { actor, scheduler, fault, tell }: Reaching,
): PaymentProvider => {
  const link: Link = { fault, failure: () => new ProviderUnreachable('The payment provider cannot be reached.') };
  const request = <T>(label: string, effect: () => T): Promise<T> => scheduler.request({ actor, label, link, effect });
  const tellLater = async (idempotencyKey: string, afterMs: number): Promise<void> => {
    await scheduler.sleep(actor, afterMs);
    if (fault() === null) await tell({ idempotencyKey, result: ledger.clear(idempotencyKey) });
  };
  return {
    kindOf: (method) => request('kind of', () => (METHODS.has(method) ? 'CARD' : null)),
    charge: (asked) =>
      request('charge', () => {
        const result = ledger.charge(asked);
        if (!isFinal(result.type))
          for (const afterMs of TELLS_AFTER_MS) tellLater(asked.idempotencyKey, afterMs).catch(() => {});
        return result;
      }),
    status: (key) => request('status', () => ledger.status(key)),
    cancel: (asked) => request('cancel', () => ledger.cancel(asked)),
    refund: (asked) => request('refund', () => ledger.refund(asked)),
  };
};
