import type { Db } from '../../database/index.ts';
import { newId } from '../../events/index.ts';
import { backoff, guarded, ignored } from '../../platform/index.ts';
import {
  type CancelRequest,
  type ChargeRequest,
  type ChargeResult,
  type PaymentProvider,
  type ProviderParts,
  ProviderUnreachable,
} from './provider.ts';
import { type SimulatedCharge as Charge, type CountCall, openCountCall } from './simulated-charges.ts';

type Outcome = 'succeeded' | 'declined' | 'unreachable' | 'pending' | 'action_required';

interface Behaviour {
  readonly kind: string;
  /** By how often it was asked about the charge. */
  readonly outcome: (calls: number) => Outcome;
  /** When it is declined. */
  readonly message?: string;
}

const UNREACHABLE_CALLS = 2;
const PENDING_CALLS = 2;
const CARD = { kind: 'CARD' };

/** How its methods behave. Their names are kept with each charge, the references to the methods are not. */
const BEHAVIOURS = {
  pays: { ...CARD, outcome: () => 'succeeded' },
  declines: { ...CARD, outcome: () => 'declined', message: 'Your card was declined.' },
  lacks_funds: { ...CARD, outcome: () => 'declined', message: 'Your card has insufficient funds.' },
  flaky: { ...CARD, outcome: (calls) => (calls > UNREACHABLE_CALLS ? 'succeeded' : 'unreachable') },
  pending: { kind: 'BANK_DEBIT', outcome: (calls) => (calls > PENDING_CALLS ? 'succeeded' : 'pending') },
  asks: { ...CARD, outcome: () => 'action_required', message: 'The payment was not authenticated.' },
} as const satisfies Readonly<Record<string, Behaviour>>;

type BehaviourName = keyof typeof BEHAVIOURS;

const UNKNOWN_METHOD: Behaviour = { ...CARD, outcome: () => 'declined' };

/** The well-known test methods of a real provider, so that its adapter takes the same. Source: contract.graphql. */
const METHODS: ReadonlyMap<string, BehaviourName> = new Map([
  ['pm_card_visa', 'pays'],
  ['pm_card_chargeDeclined', 'declines'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'lacks_funds'],
  ['pm_flaky', 'flaky'],
  ['pm_pending', 'pending'],
  ['pm_card_authenticationRequired', 'asks'],
]);

const isBehaviour = (name: string): name is BehaviourName => Object.hasOwn(BEHAVIOURS, name);

const behaviourOf = (name: string): Behaviour => (isBehaviour(name) ? BEHAVIOURS[name] : UNKNOWN_METHOD);

const IS_FINAL: readonly string[] = ['succeeded', 'declined'] satisfies Outcome[];

/** A final outcome stays. Returns what stands. */
const settle = async (db: Db, { idempotency_key: key, outcome }: Charge, next: Outcome): Promise<string> => {
  if (outcome === next || IS_FINAL.includes(outcome)) return outcome;
  const updated = await db
    .updateTable('write.simulated_charge')
    .set({ outcome: next })
    .where('idempotency_key', '=', key)
    .where('outcome', 'not in', IS_FINAL)
    .executeTakeFirst();
  if (updated.numUpdatedRows > 0n) return next;
  const stands = db.selectFrom('write.simulated_charge').select('outcome').where('idempotency_key', '=', key);
  return (await stands.executeTakeFirstOrThrow()).outcome;
};

const SECRET = /^simulated_secret_(.+)$/;

const secretOf = ({ idempotency_key: key }: Charge): string => `simulated_secret_${key}`;

const resultOf = (charge: Charge, outcome: string): ChargeResult => {
  switch (outcome) {
    case 'succeeded':
      return { type: 'Succeeded', paymentId: charge.payment_id };
    case 'declined':
      return {
        type: 'Declined',
        message: behaviourOf(charge.behaviour).message ?? 'The payment was declined.',
      };
    case 'pending':
      return { type: 'Pending' };
    case 'action_required':
      return { type: 'ActionRequired', nextAction: { type: 'Confirm', clientSecret: secretOf(charge) } };
    default:
      throw new ProviderUnreachable('The payment provider cannot be reached.');
  }
};

const answer = async (db: Db, charge: Charge | undefined): Promise<ChargeResult> => {
  if (charge === undefined) throw new ProviderUnreachable('The payment provider knows no such charge.');
  const next = behaviourOf(charge.behaviour).outcome(charge.calls);
  return resultOf(charge, await settle(db, charge, next));
};

const charge = async (
  db: Db,
  countCall: CountCall,
  { paymentMethod, ...request }: ChargeRequest,
): Promise<ChargeResult> => {
  const behaviour = METHODS.get(paymentMethod) ?? 'unknown';
  const outcome = behaviourOf(behaviour).outcome(1);
  return answer(db, await countCall({ ...request, paymentId: newId('Payment'), behaviour, outcome }));
};

const status = async (db: Db, key: string): Promise<ChargeResult> => {
  const counted = db.updateTable('write.simulated_charge').set(({ eb }) => ({ calls: eb('calls', '+', 1) }));
  return answer(db, await counted.where('idempotency_key', '=', key).returningAll().executeTakeFirst());
};

/** A charge that nobody has asked for yet is written down as declined: it is final for whoever asks later. */
const cancel = async (db: Db, countCall: CountCall, request: CancelRequest): Promise<ChargeResult> => {
  const call = { ...request, paymentId: newId('Payment'), behaviour: 'unknown', outcome: 'declined' };
  const known = await countCall(call);
  if (known === undefined) throw new ProviderUnreachable('The payment provider knows no such charge.');
  return resultOf(known, await settle(db, known, 'declined'));
};

/** Ends a charge that is not final. False when there is no such charge, or it came to another end before. */
const end = async (db: Db, key: string, outcome: 'succeeded' | 'declined'): Promise<boolean> => {
  const found = db.selectFrom('write.simulated_charge').selectAll().where('idempotency_key', '=', key);
  const known = await found.executeTakeFirst();
  return known !== undefined && (await settle(db, known, outcome)) === outcome;
};

/**
 * Completes, or refuses, a charge that needs its customer: what the bank's page would do for a real card. False when no
 * such charge waits, or it came to the other end before.
 */
export const authenticateSimulated = async (db: Db, clientSecret: string, isRefused: boolean): Promise<boolean> => {
  const [, key] = SECRET.exec(clientSecret) ?? [];
  return key !== undefined && end(db, key, isRefused ? 'declined' : 'succeeded');
};

const pauseMs = backoff({ firstMs: 500, maxMs: 5_000 });
const MAX_LOOKS = 200;

type Telling = Pick<ProviderParts, 'db' | 'tell'>;

/** As a real provider calls back: looks until the charge is final, and tells it. A restart ends it: then it has to be asked. */
const tellOnceFinal = (key: string, { db, tell }: Telling, looks = 1): void => {
  const look = async (): Promise<void> => {
    const result = await status(db, key);
    if (result.type === 'Succeeded' || result.type === 'Declined') await tell({ idempotencyKey: key, result });
    else if (looks < MAX_LOOKS) tellOnceFinal(key, { db, tell }, looks + 1);
  };
  setTimeout(guarded(look, ignored), pauseMs(looks)).unref();
};

/**
 * A payment provider for trying things out. Like a real one it remembers what it was asked under each idempotency key,
 * across restarts, and charges once for it: its ledger is the table `write.simulated_charge`.
 */
export const openSimulatedProvider = ({ db, tell }: Telling): PaymentProvider => {
  const countCall = openCountCall(db);
  return {
    kindOf: async (paymentMethod) => {
      const behaviour = METHODS.get(paymentMethod);
      return behaviour === undefined ? null : BEHAVIOURS[behaviour].kind;
    },
    charge: async (request) => {
      const result = await charge(db, countCall, request);
      if (result.type === 'Pending' || result.type === 'ActionRequired')
        tellOnceFinal(request.idempotencyKey, { db, tell });
      return result;
    },
    status: (key) => status(db, key),
    cancel: (request) => cancel(db, countCall, request),
    refund: async ({ paymentId, orderId }) => {
      await db
        .updateTable('write.simulated_charge')
        .set({ refunded: true })
        .where('payment_id', '=', paymentId)
        .where('order_id', '=', orderId)
        .execute();
    },
  };
};
