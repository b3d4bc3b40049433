import { ignored, repeat, systemClock } from '../../../src/platform/index.ts';

interface Ledger {
  readonly query: (text: string) => Promise<unknown>;
}

const ROUND_MS = 1_000;

/** Of ten charges that need their customer six are completed, two refused, and two left; by their key, whenever that is. */
const ACT = `
  with waiting as (
    select idempotency_key, abs(hashtext(idempotency_key)) % 10 as luck
    from write.simulated_charge where outcome = 'action_required'
  )
  update write.simulated_charge as charge set outcome = case when luck < 6 then 'succeeded' else 'declined' end
  from waiting
  where charge.idempotency_key = waiting.idempotency_key and charge.outcome = 'action_required' and luck < 8`;

/** Plays the customers whose payments need them, as their banks would let them; not through panier, nor its faults. */
export const openBank = ({ query }: Ledger): AsyncDisposable =>
  repeat(async () => void (await query(ACT)), { everyMs: ROUND_MS, clock: systemClock, onFailure: ignored });
