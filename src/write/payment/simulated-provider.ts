import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';
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

/**
 * A payment provider for trying things out. Like a real one it remembers what it was asked under each idempotency key,
 * across restarts, and charges once for it: its ledger is the table `write.simulated_charge`.
 */
export const simulatedProvider = (db: Db): PaymentProvider => ({
  accepts: (paymentMethod) => METHODS.has(paymentMethod),
  charge: async (request) => {
    const { calls, paymentId } = await countCall(db, request);
    return settle(db, request, { paymentId, outcome: METHODS.get(request.paymentMethod)?.(calls) ?? 'declined' });
  },
  refund: async ({ paymentId }) => {
    await db
      .updateTable('write.simulated_charge')
      .set({ refunded: true })
      .where('payment_id', '=', paymentId)
      .execute();
  },
});

const countCall = async (
  db: Db,
  { idempotencyKey, orderId, amount, currency, paymentMethod }: ChargeRequest,
): Promise<{ readonly calls: number; readonly paymentId: string }> => {
  const row = await db
    .insertInto('write.simulated_charge')
    .values({
      idempotency_key: idempotencyKey,
      order_id: orderId,
      payment_id: newId('Payment'),
      amount,
      currency,
      payment_method: paymentMethod,
      calls: 1,
      outcome: 'unreachable',
    })
    .onConflict((conflict) =>
      conflict.column('idempotency_key').doUpdateSet({ calls: sql`simulated_charge.calls + 1` }),
    )
    .returning(['calls', 'payment_id'])
    .executeTakeFirstOrThrow();
  return { calls: row.calls, paymentId: row.payment_id };
};

const settle = async (
  db: Db,
  { idempotencyKey, paymentMethod }: ChargeRequest,
  { paymentId, outcome }: { readonly paymentId: string; readonly outcome: ReturnType<Behaviour> },
): Promise<ChargeResult> => {
  if (outcome === 'unreachable') throw new ProviderUnreachable('The payment provider cannot be reached.');
  await db
    .updateTable('write.simulated_charge')
    .set({ outcome })
    .where('idempotency_key', '=', idempotencyKey)
    .execute();
  if (outcome === 'succeeded') return { type: 'Succeeded', paymentId };
  return { type: 'Declined', message: DECLINED_MESSAGES.get(paymentMethod) ?? 'The payment was declined.' };
};
