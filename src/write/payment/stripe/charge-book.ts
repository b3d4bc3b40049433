import { type Db, statement } from '../../../database/index.ts';
import type { ChargeRequest } from '../provider.ts';

/** A charge as it is written down before Stripe is asked for it. */
export interface BookedCharge {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly currency: string;
  /** As Stripe counts. */
  readonly amountMinor: number;
  /** Null until Stripe has made one. */
  readonly intentId: string | null;
  /** How many idempotency keys Stripe has answered in a way that it would repeat, without anything done. */
  readonly spentKeys: number;
  /** What the customer was told first when it was declined, or given up; null while neither. */
  readonly declined: string | null;
}

interface Row {
  readonly idempotency_key: string;
  readonly order_id: string;
  readonly currency: string;
  readonly amount_minor: string;
  readonly payment_intent_id: string | null;
  readonly spent_keys: number;
  readonly declined: string | null;
}

const COLUMNS = 'idempotency_key, order_id, currency, amount_minor, payment_intent_id, spent_keys, declined';

const OPEN = statement<Row>(`
  insert into write.stripe_charge as charge (idempotency_key, order_id, currency, amount_minor) values ($1, $2, $3, $4)
  on conflict (idempotency_key) do update set idempotency_key = charge.idempotency_key
  returning ${COLUMNS}`);

const FIND = statement<Row>(`select ${COLUMNS} from write.stripe_charge where idempotency_key = $1`);
const FIND_BY_INTENT = statement<Row>(`select ${COLUMNS} from write.stripe_charge where payment_intent_id = $1`);

// The first one stays: it alone is ever confirmed.
const KEEP_INTENT = statement<Row>(`
  update write.stripe_charge set payment_intent_id = coalesce(payment_intent_id, $2) where idempotency_key = $1
  returning ${COLUMNS}`);

const DECLINE = statement<Row>(`
  update write.stripe_charge set declined = coalesce(declined, $2) where idempotency_key = $1 returning ${COLUMNS}`);

// Whoever was answered under an older key has nothing to count.
const SPEND = statement(`
  update write.stripe_charge set spent_keys = spent_keys + 1 where idempotency_key = $1 and spent_keys = $2`);

const bookedOf = (row: Row): BookedCharge => ({
  idempotencyKey: row.idempotency_key,
  orderId: row.order_id,
  currency: row.currency,
  amountMinor: Number(row.amount_minor),
  intentId: row.payment_intent_id,
  spentKeys: row.spent_keys,
  declined: row.declined,
});

const firstOf = ([row]: readonly Row[]): BookedCharge | null => (row === undefined ? null : bookedOf(row));

const onlyOf = (rows: readonly Row[]): BookedCharge => {
  const booked = firstOf(rows);
  if (booked === null) throw new TypeError('A charge is not in the book of those that Stripe was asked for.');
  return booked;
};

type Opening = Pick<ChargeRequest, 'idempotencyKey' | 'orderId' | 'currency'> & { readonly amountMinor: number };

export type ChargeBook = ReturnType<typeof openChargeBook>;

/** The charges that Stripe was asked for: written down before, so that whatever comes after is about one payment intent each. */
export const openChargeBook = (db: Db) => ({
  /** Writes a charge down, unless it is there. */
  open: async ({ idempotencyKey, orderId, currency, amountMinor }: Opening) =>
    onlyOf(await OPEN(db, [idempotencyKey, orderId, currency, amountMinor])),
  find: async (idempotencyKey: string) => firstOf(await FIND(db, [idempotencyKey])),
  findByIntent: async (intentId: string) => firstOf(await FIND_BY_INTENT(db, [intentId])),
  /** The charge with its one intent, which is this one unless there was one before. */
  keepIntent: async (idempotencyKey: string, intentId: string) =>
    onlyOf(await KEEP_INTENT(db, [idempotencyKey, intentId])),
  /** The charge with what its customer was told first; null when there is none. */
  decline: async (idempotencyKey: string, message: string) => firstOf(await DECLINE(db, [idempotencyKey, message])),
  spend: async ({ idempotencyKey, spentKeys }: BookedCharge) => void (await SPEND(db, [idempotencyKey, spentKeys])),
});

/** The next idempotency key for a step of a charge. */
export const keyFor = (key: string, { spentKeys }: Pick<BookedCharge, 'spentKeys'>): string =>
  spentKeys === 0 ? key : `${key}:${spentKeys}`;
