import { type Db, statement } from '../../database/index.ts';
import { newId } from '../../events/index.ts';
import { type ChargeRequest, type ChargeResult, type PaymentProvider, ProviderUnreachable } from './provider.ts';

type Behaviour = (calls: number) => 'succeeded' | 'declined' | 'unreachable';

const UNREACHABLE_CALLS = 2;

/** The well-known test methods of a real provider, so that its adapter takes the same. Source: contract.graphql. */
const METHODS: ReadonlyMap<string, Behaviour> = new Map<string, Behaviour>([
  ['pm_card_visa', () => 'succeeded'],
  ['pm_card_chargeDeclined', () => 'declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', () => 'declined'],
  ['pm_flaky', (calls) => (calls > UNREACHABLE_CALLS ? 'succeeded' : 'unreachable')],
]);

const DECLINED_MESSAGES: ReadonlyMap<string, string> = new Map([
  ['pm_card_chargeDeclined', 'Your card was declined.'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'Your card has insufficient funds.'],
]);

// Whatever is asked again under a key is one charge: it keeps its payment id, and counts.
const COUNT_CALL = statement<Charge>(`
  insert into write.simulated_charge as charge
    (idempotency_key, order_id, payment_id, amount, currency, payment_method, calls, outcome)
  values ($1, $2, $3, $4, $5, $6, 1, $7)
  on conflict (idempotency_key) do update set calls = charge.calls + 1
  returning calls, payment_id, outcome`);

interface Charge {
  readonly calls: number;
  readonly payment_id: string;
  readonly outcome: string;
}

/**
 * A payment provider for trying things out. Like a real one it remembers what it was asked under each idempotency key,
 * across restarts, and charges once for it: its ledger is the table `write.simulated_charge`.
 */
export const simulatedProvider = (db: Db): PaymentProvider => ({
  accepts: (paymentMethod) => METHODS.has(paymentMethod),
  charge: (request) => charge(db, request),
  refund: async ({ paymentId }) => {
    await db
      .updateTable('write.simulated_charge')
      .set({ refunded: true })
      .where('payment_id', '=', paymentId)
      .execute();
  },
});

const charge = async (db: Db, request: ChargeRequest): Promise<ChargeResult> => {
  const { idempotencyKey, orderId, amount, currency, paymentMethod } = request;
  const behave = METHODS.get(paymentMethod) ?? (() => 'declined');
  const asked = [idempotencyKey, orderId, newId('Payment'), amount, currency, paymentMethod, behave(1)];
  const [found] = await COUNT_CALL(db, asked);
  if (found === undefined) throw new ProviderUnreachable('The payment provider has kept nothing.');
  const outcome = behave(found.calls);
  if (outcome !== found.outcome) await keepOutcome(db, idempotencyKey, outcome);
  if (outcome === 'unreachable') throw new ProviderUnreachable('The payment provider cannot be reached.');
  if (outcome === 'succeeded') return { type: 'Succeeded', paymentId: found.payment_id };
  return { type: 'Declined', message: DECLINED_MESSAGES.get(paymentMethod) ?? 'The payment was declined.' };
};

const keepOutcome = async (db: Db, idempotencyKey: string, outcome: string): Promise<void> => {
  const kept = db.updateTable('write.simulated_charge').set({ outcome });
  await kept.where('idempotency_key', '=', idempotencyKey).execute();
};
