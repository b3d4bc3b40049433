import { askTogether, type Db, statement } from '../../database/index.ts';

/** What the simulated provider remembers of a charge. */
export interface SimulatedCharge {
  readonly idempotency_key: string;
  readonly behaviour: string;
  readonly calls: number;
  readonly payment_id: string;
  readonly outcome: string;
}

interface Call {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: string;
  readonly behaviour: string;
  readonly outcome: string;
}

/** Remembers that it was asked for a charge; returns the charge as it stands. */
export type CountCall = (call: Call) => Promise<SimulatedCharge | undefined>;

// Whatever is asked again under a key is one charge: it keeps its payment id, and counts. In the order of keys, or two
// processes that are asked for the same charges could wait for each other in a circle.
const COUNT_CALLS = statement<SimulatedCharge>(`
  insert into write.simulated_charge as charge
    (idempotency_key, order_id, payment_id, amount, currency, behaviour, calls, outcome)
  select key, order_id, payment_id, amount, currency, behaviour, 1, outcome
  from unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::text[], $6::text[], $7::text[])
    as call (key, order_id, payment_id, amount, currency, behaviour, outcome)
  order by key collate "C"
  on conflict (idempotency_key) do update set calls = charge.calls + 1
  returning idempotency_key, behaviour, calls, payment_id, outcome`);

const ASKED_AT_ONCE = 200;

const countCalls = async (db: Db, calls: readonly Call[]): Promise<readonly (SimulatedCharge | undefined)[]> => {
  const columns = ['idempotencyKey', 'orderId', 'paymentId', 'amount', 'currency', 'behaviour', 'outcome'] as const;
  const rows = await COUNT_CALLS(
    db,
    columns.map((column) => calls.map((call) => call[column])),
  );
  const byKey = new Map(rows.map((row) => [row.idempotency_key, row]));
  return calls.map(({ idempotencyKey }) => byKey.get(idempotencyKey));
};

/** Those who ask in the same turn are written down together; a charge that two of them ask for, one after the other. */
export const openCountCall = (db: Db): CountCall => {
  const count = async (calls: readonly Call[]): Promise<readonly (SimulatedCharge | undefined)[]> => {
    const first = new Map(calls.toReversed().map((call) => [call.idempotencyKey, call]));
    const counted = await countCalls(db, [...first.values()]);
    const found = new Map([...first.values()].map((call, nth) => [call, counted[nth]]));
    for (const call of calls) if (!found.has(call)) found.set(call, (await countCalls(db, [call]))[0]);
    return calls.map((call) => found.get(call));
  };
  return askTogether(count, ASKED_AT_ONCE);
};
